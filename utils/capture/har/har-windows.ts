import { endpointOf, isKakaoHost, isLoginForm } from '../../kakao/endpoints.ts';
import { DAY_MS } from '../../model/time.ts';
import { parseUrl } from '../../model/url.ts';
import { promptsOf } from '../reduce-url.ts';
import {
  headerOf,
  mayBeToKakao,
  readHarEntry,
  senderOf,
  type HarEntry,
  type StartedEntry,
} from './har-entry.ts';

/** What a recording without names of pages says of one sender's logins so far. */
interface Seen {
  /** When the Kakao session began that was used last, epoch ms; null where none is known. */
  sessionAt: number | null;
  /** The login form was shown since. */
  atForm: boolean;
  /** The login whose step came last. */
  latest: number;
}

/**
 * Finds the senders that are surely several windows with cookies of their own, or devices of one model behind one address:
 * Kakao asks one to log in that has just done so, or one's logins are in turn on their way.
 */
export function sendersOfWindows(inOrder: readonly StartedEntry[]): Set<string> {
  const found = new Set<string>();
  const bySender = new Map<string, Seen>();
  const loginOf = createLoginNamer();
  for (const started of inOrder) {
    const entry = mayBeToKakao(started.entry) ? readHarEntry(started.entry, started.at) : null;
    if (!entry?.isToKakao) continue;
    const sender = senderOf(entry);
    const seen = bySender.get(sender) ?? { sessionAt: null, atForm: false, latest: 0 };
    bySender.set(sender, seen);
    const login = loginOf(entry);
    if (login !== null && login < seen.latest) found.add(sender);
    seen.latest = Math.max(seen.latest, login ?? 0);
    if (noteSession(seen, entry)) found.add(sender);
  }
  return found;
}

/** Notes what an entry says of its sender's Kakao session; returns whether it cannot be of the session that was there. */
function noteSession(seen: Seen, { at, url, location: target }: HarEntry): boolean {
  if (/\/logout/.test(url.pathname)) seen.sessionAt = null;
  if (target && isLoginForm(target)) {
    const isAsked = promptsOf(url.searchParams).length > 0;
    const isLoggedIn = seen.sessionAt !== null && at - seen.sessionAt < DAY_MS;
    seen.atForm = true;
    return isLoggedIn && !isAsked;
  }
  if (endpointOf(url) !== 'authorize') return false;
  if (seen.atForm || (seen.sessionAt === null && target?.searchParams.has('code')))
    seen.sessionAt = at;
  seen.atForm = false;
  return false;
}

/**
 * Makes a function that numbers the login, from 1, whose step an entry is, by what its addresses name: `state` or the code.
 * Gives null for everything else. Both are compared in memory and never stored.
 */
export function createLoginNamer(): (entry: HarEntry) => number | null {
  const byState = new Map<string, number>();
  /** Null for what the recorder put in the place of several codes. */
  const byCode = new Map<string, number | null>();
  let count = 0;
  return (entry) => {
    const code = codeOf(entry);
    if (code !== null && byCode.has(code)) return byCode.get(code) ?? null;
    if (!/^(authorize|kauth-page)$/.test(entry.endpoint ?? '')) return null;
    const state = stateOf(entry);
    if (isFirstStep(entry)) {
      count += 1;
      byState.set(state, count);
    }
    const login = byState.get(state) ?? (count || null);
    const issued = entry.location?.searchParams.get('code');
    if (issued && login !== null) noteCode(byCode, `${senderOf(entry)} ${issued}`, login);
    return login;
  };
}

function noteCode(byCode: Map<string, number | null>, code: string, login: number): void {
  const known = byCode.get(code);
  byCode.set(code, known === undefined || known === login ? login : null);
}

/** Whether an entry begins a login: a page of the site asks for it. */
function isFirstStep(entry: HarEntry): boolean {
  const referer = parseUrl(headerOf(entry, 'referer'));
  const isFromKakao = referer !== null && isKakaoHost(referer.host);
  const isBack = isFromKakao || entry.url.searchParams.has('through_account');
  return entry.endpoint === 'authorize' && entry.method === 'GET' && !isBack;
}

/** The `state` of the login that a page of kauth is a step of, with its sender; without one, the sender alone. */
function stateOf(entry: HarEntry): string {
  const urls = [entry.url, parseUrl(headerOf(entry, 'referer')), entry.location];
  const state = urls.map((url) => url?.searchParams.get('state')).find((s) => s);
  return `${senderOf(entry)} ${state ?? ''}`;
}

/** The code that a page of the site or a token request brings, with its sender; null where there is none. */
function codeOf(entry: HarEntry): string | null {
  const query = entry.endpoint === 'token' ? entry.form : entry.url.searchParams;
  const code = entry.isToKakao && entry.endpoint !== 'token' ? null : query.get('code');
  return code === null ? null : `${senderOf(entry)} ${code}`;
}
