import { isKakaoHost, isLoginForm } from '../../../kakao/endpoints.ts';
import { DAY_MS } from '../../../model/time.ts';
import { parseUrl } from '../../../model/url.ts';
import { secretOf } from '../../recorded-secret.ts';
import { promptsOf } from '../../reduce-url.ts';
import { headerOf, headersOf, senderOf, type HarEntry } from '../entry/har-entry.ts';
import { mayBeToKakao } from '../entry/raw-entry.ts';
import { readStarted, type StartedEntry } from '../entry/read-entry.ts';
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
  const loginOf = createLoginNamer();
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

/**
 * Makes a function that numbers the login, from 1, whose step an entry is, by what it names: `state`, the redirect URI, the
 * code, or SDK v2's poll. Gives null for everything else. All are compared in memory and never stored.
 */
export function createLoginNamer(): (entry: HarEntry) => number | null {
  const byName = new Map<string, number>();
  /** Null for what the recorder put in the place of several codes. */
  const byCode = new Map<string, number | null>();
  /** Popups that poll, by the name of their poll and by the redirect URI that their opener goes to. */
  const popups = new Map<string, number>();
  let count = 0;

  /** The popup that an entry polls for, whose code it may get. */
  const noteCodePoll = (entry: HarEntry): number | null => {
    const popup = popups.get(`${senderOf(entry)} ${tranOf(entry)}`) ?? null;
    const code = polledCode(entry);
    if (code !== null && popup !== null) noteCode(byCode, `${senderOf(entry)} ${code}`, popup);
    return popup;
  };

  /** The popup whose opener goes to an entry's page: by its `state` or, without one, the latest with that redirect URI. */
  const popupReaching = (entry: HarEntry): number | undefined => {
    const latest = popups.get(`${senderOf(entry)} ${entry.origin}${entry.url.pathname}`);
    if (latest === undefined || !entry.url.searchParams.has('state')) return latest;
    const named = byName.get(nameOf(entry));
    return named !== undefined && [...popups.values()].includes(named) ? named : latest;
  };

  const noteFirstStep = (entry: HarEntry, name: string): void => {
    count += 1;
    byName.set(name, count);
    const { searchParams } = entry.url;
    if (searchParams.get('is_popup') !== 'true') return;
    popups.set(`${senderOf(entry)} ${tranOf(entry)}`, count);
    popups.set(`${senderOf(entry)} ${searchParams.get('redirect_uri')}`, count);
  };

  return (entry) => {
    if (entry.endpoint === 'code-poll') return noteCodePoll(entry);
    const code = codeOf(entry);
    if (code !== null && !byCode.has(code) && !entry.isToKakao) {
      // Kakao sent no such code by a redirect: a popup's opener brings it.
      const popup = popupReaching(entry);
      if (popup !== undefined) byCode.set(code, popup);
    }
    if (code !== null && byCode.has(code)) return byCode.get(code) ?? null;
    if (!/^(authorize|kauth-page)$/.test(entry.endpoint ?? '')) return null;
    const name = nameOf(entry);
    if (isFirstStep(entry)) noteFirstStep(entry, name);
    const login = byName.get(name) ?? (count || null);
    const issued = entry.location?.searchParams.get('code');
    if (issued && login !== null) noteCode(byCode, `${senderOf(entry)} ${issued}`, login);
    return login;
  };
}

function noteCode(byCode: Map<string, number | null>, code: string, login: number): void {
  const known = byCode.get(code);
  byCode.set(code, known === undefined || known === login ? login : null);
}

/** The code that a popup's opener got when it asked for it; null where none came yet, or the recorder left it out. */
const polledCode = ({ body }: HarEntry) => secretOf(codeIn(body));

/** The code in a text that is JSON; null where there is none. */
const codeIn = (json: string | null) => /"code"\s*:\s*"([^"]+)"/.exec(json ?? '')?.[1] ?? null;

/** The name by which SDK v2 asks for the code of a popup. */
const tranOf = ({ url }: HarEntry) => url.searchParams.get('auth_tran_id');

/** Whether an entry begins a login: a page of the site asks for it. */
function isFirstStep(entry: HarEntry): boolean {
  const referer = parseUrl(headerOf(entry, 'referer'));
  const isFromKakao = referer !== null && isKakaoHost(referer.host);
  const isBack = isFromKakao || entry.url.searchParams.has('through_account');
  return entry.endpoint === 'authorize' && entry.method === 'GET' && !isBack;
}

/** What names the login that a page of kauth is a step of, with its sender: its `state` or, without one, its redirect URI. */
function nameOf(entry: HarEntry): string {
  const asked = [entry.url, parseUrl(headerOf(entry, 'referer'))];
  const named = (name: string, urls: readonly (URL | null)[]) =>
    urls.map((url) => url?.searchParams.get(name)).find((value) => value);
  const { location } = entry;
  const target = location && !isKakaoHost(location.host) ? location.origin + location.pathname : '';
  const name = named('state', [...asked, location]) ?? named('redirect_uri', asked) ?? target;
  return `${senderOf(entry)} ${name}`;
}

/** The code that a page of the site, its script or a token request brings, with its sender; null where there is none. */
function codeOf(entry: HarEntry): string | null {
  const query = entry.endpoint === 'token' ? entry.form : entry.url.searchParams;
  const isNone = entry.isToKakao && entry.endpoint !== 'token';
  const code = isNone
    ? null
    : (query.get('code') ?? entry.form.get('code') ?? codeIn(entry.sentText));
  return code === null ? null : `${senderOf(entry)} ${code}`;
}
