import { isLoginForm } from '../../../kakao/endpoints.ts';
import { DAY_MS } from '../../../model/time.ts';
import { promptsOf } from '../../reduce-url.ts';
import { headersOf, senderOf, type HarEntry } from '../entry/har-entry.ts';
import { mayBeToKakao } from '../entry/raw-entry.ts';
import { readStarted, type StartedEntry } from '../entry/read-entry.ts';
import { createLoginNumberer } from './har-logins.ts';
import { isDocument } from './har-page.ts';

/** What a recording without names of pages says of one sender's logins so far. */
interface Seen {
  /** When the Kakao session began that was used last, epoch ms; null where none is known. */
  sessionAt: number | null;
  /** The login form was shown since. */
  atForm: boolean;
  /** The login whose step came last. */
  latest: number;
  /** The cookies that Kakao's page was asked for with last; compared in memory and never stored. */
  cookies: ReadonlySet<string>;
}

/**
 * Finds the senders that are surely several windows with cookies of their own, or devices of one model behind one address:
 * Kakao asks one to log in that has just done so, one's logins are in turn on their way, or Kakao's pages are asked for with
 * other cookies altogether.
 */
export function sendersOfWindows(inOrder: readonly StartedEntry[]): Set<string> {
  const found = new Set<string>();
  const bySender = new Map<string, Seen>();
  const loginOf = createLoginNumberer();
  for (const started of inOrder) {
    const entry = mayBeToKakao(started.entry) ? readStarted(started) : null;
    if (!entry?.isToKakao) continue;
    const sender = senderOf(entry);
    const seen = bySender.get(sender) ?? createSeen();
    bySender.set(sender, seen);
    // A popup that was left is asked for its code for minutes.
    const login = entry.endpoint === 'code-poll' ? null : loginOf(entry);
    if (login !== null && login < seen.latest) found.add(sender);
    seen.latest = Math.max(seen.latest, login ?? 0);
    if (noteSession(seen, entry)) found.add(sender);
    if (noteCookies(seen, entry)) found.add(sender);
  }
  return found;
}

const createSeen = (): Seen => ({
  sessionAt: null,
  atForm: false,
  latest: 0,
  cookies: new Set(),
});

/** Notes the cookies of one of kauth's pages; returns whether they share none with those before: some outlive a session. */
function noteCookies(seen: Seen, entry: HarEntry): boolean {
  if (entry.endpoint !== 'authorize' || !isDocument(entry)) return false;
  const before = seen.cookies;
  const pairs = headersOf(entry, 'cookie', 'request').flatMap((header) => header.split(/;\s*/));
  seen.cookies = new Set(pairs.filter((pair) => pair !== ''));
  // One alone may be the session's.
  if (before.size < 2 || seen.cookies.size < 2) return false;
  return ![...seen.cookies].some((pair) => before.has(pair));
}

/** Notes what an entry says of its sender's Kakao session; returns whether it cannot be of the session that was there. */
function noteSession(seen: Seen, { at, url, endpoint, location: target }: HarEntry): boolean {
  if (/\/logout/.test(url.pathname)) seen.sessionAt = null;
  if (target && isLoginForm(target)) {
    const isAsked = promptsOf(url.searchParams).length > 0;
    const isLoggedIn = seen.sessionAt !== null && at - seen.sessionAt < DAY_MS;
    seen.atForm = true;
    return isLoggedIn && !isAsked;
  }
  if (endpoint !== 'authorize') return false;
  if (seen.atForm || (seen.sessionAt === null && target?.searchParams.has('code')))
    seen.sessionAt = at;
  seen.atForm = false;
  return false;
}
