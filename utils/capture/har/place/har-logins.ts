import { isKakaoHost } from '../../../kakao/endpoints.ts';
import { parseUrl } from '../../../model/url.ts';
import { secretOf } from '../../recorded-secret.ts';
import { headerOf, senderOf, type HarEntry } from '../entry/har-entry.ts';

/**
 * Makes a function that numbers the login, from 1, whose step an entry is, by what it names: `state`, the redirect URI, the
 * code, or SDK v2's poll. Gives null for everything else. All are compared in memory and never stored.
 */
export function createLoginNumberer(): (entry: HarEntry) => number | null {
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
