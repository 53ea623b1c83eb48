import { decodeBase64 } from '../model/base64.ts';
import { isObject, parseObject, type Json } from '../model/json.ts';

/** Kakao, as the issuer of an account-status event names itself. */
const ISSUER = 'https://kauth.kakao.com';

/** The event of a link that was cut. See docs/kakao-rules.md#account-status. */
const USER_UNLINKED = 'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked';

/** What a log line may hold of an account-status event, cheap to look for. */
const HINT = /eyJ|"events\\?"/;

/** A signed token; its claims are the middle part. */
const TOKEN = /(?<![\w-])eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*/g;

/** What an account-status event says of a cut link, as it stands there; `at` is epoch ms, null where it names no time. */
export interface UnlinkEvent {
  at: number | null;
  appId: string | null;
  userId: string | null;
  reason: string | null;
}

/**
 * Reads the account-status event (a Security Event Token) in a log line: the signed token as Kakao posts it, or its claims
 * as JSON. Gives `other` for an event that cuts no link, and null where the line has no event of Kakao's. The signature
 * cannot be checked here: a log says what its own server took for true.
 */
export function unlinkEventIn(line: string): UnlinkEvent | 'other' | null {
  if (!HINT.test(line)) return null;
  const claims = tokenClaims(line) ?? jsonClaims(line);
  const events = claims?.['events'];
  if (claims?.['iss'] !== ISSUER || !isObject(events)) return null;
  const event = Object.hasOwn(events, USER_UNLINKED) ? events[USER_UNLINKED] : null;
  if (!isObject(event)) return 'other';
  const { subject } = event;
  return {
    at: instantOf(claims['toe']) ?? instantOf(claims['iat']),
    appId: wordOf(claims['app_id']),
    userId: wordOf((isObject(subject) ? subject['sub'] : null) ?? claims['sub']),
    reason: wordOf(event['reason']),
  };
}

const wordOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

/** Seconds since 1970 as tokens have them, from 2001 to 5138, in ms; null for anything else. */
const instantOf = (seconds: unknown) =>
  typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 1e9 && seconds < 1e11
    ? seconds * 1000
    : null;

/** The claims of the first signed token in a line that tells of events. */
function tokenClaims(line: string): Json | null {
  for (const [, payload = ''] of line.matchAll(TOKEN)) {
    const claims = parseObject(textOfBase64(payload));
    if (claims && Object.hasOwn(claims, 'events')) return claims;
  }
  return null;
}

function textOfBase64(payload: string): string {
  try {
    return decodeBase64(payload);
  } catch {
    return '';
  }
}

/** The claims as JSON anywhere in a line, also one level down (`{"body":{…}}`, `{"log":"{…}"}`). */
function jsonClaims(line: string): Json | null {
  const value = objectIn(line);
  if (!value || Object.hasOwn(value, 'events')) return value;
  const inner = Object.values(value).map((v) => (typeof v === 'string' ? objectIn(v) : v));
  return inner.find((v): v is Json => isObject(v) && 'events' in v) ?? null;
}

const objectIn = (text: string) =>
  parseObject(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
