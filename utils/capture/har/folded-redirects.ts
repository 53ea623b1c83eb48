import { isLoginForm } from '../../kakao/endpoints.ts';
import { objectOf, textOf } from '../../model/json.ts';
import { originOf, parseUrl } from '../../model/url.ts';
import { clientIdOf, reduceRedirectUri } from '../reduce-url.ts';
import { fieldsOf, headerOf, isRedirect, type HarEntry } from './entry/har-entry.ts';
import { mayBeToKakao } from './entry/raw-entry.ts';
import { readEntries, type StartedEntry } from './entry/read-entry.ts';
import { isForFrame, type HarPage } from './place/har-page.ts';

/** What is known of the logins in a file whose recorder writes a redirected request as one, at its last address. */
export interface FoldedRedirects {
  /** The app's key by redirect URI, which is none where several apps', or keys, are sent to it. */
  keysOfUris: ReadonlyMap<string, string | null>;
  /** Sites whose pages exchange their codes themselves: no page of theirs is the end of a login that shows no code. */
  pagesWithCode: ReadonlySet<string>;
}

/**
 * Reads by what the logins of a file are known whose recorder folds redirects, as Safari's developer tools do; null for a file of
 * any other recorder.
 */
export function foldedRedirects(inOrder: readonly StartedEntry[]): FoldedRedirects | null {
  if (!isFolded(inOrder)) return null;
  const keysOfUris = new Map<string, string | null>();
  const pagesWithCode = new Set<string>();
  for (const entry of readEntries(inOrder.filter((one) => mayBeToKakao(one.entry)))) {
    const request = loginRequestOf(entry);
    const uri = reduceRedirectUri(request?.get('redirect_uri') ?? null);
    if (!request || !uri) continue;
    const key = clientIdOf(request);
    keysOfUris.set(uri, !keysOfUris.has(uri) || keysOfUris.get(uri) === key ? key : null);
    const page = originOf(headerOf(entry, 'origin')) ?? originOf(headerOf(entry, 'referer'));
    if (entry.endpoint === 'token' && page) pagesWithCode.add(page);
  }
  return { keysOfUris, pagesWithCode };
}

/** Whether a file has Safari's marks, and no redirect at all. */
function isFolded(inOrder: readonly StartedEntry[]): boolean {
  const isOfSafari = inOrder.some(({ entry }) => textOf(objectOf(entry)['_fetchType']) !== null);
  return isOfSafari && !readEntries(inOrder).some(isRedirect);
}

/** The parameters that name the app and where its codes go: of a login's request, or of what it goes on with. */
function loginRequestOf(entry: HarEntry): URLSearchParams | null {
  if (entry.endpoint === 'token') return fieldsOf(entry);
  if (entry.endpoint === 'authorize') return entry.url.searchParams;
  if (!isLoginForm(entry.url)) return null;
  return parseUrl(entry.url.searchParams.get('continue'))?.searchParams ?? null;
}

/**
 * Whether an entry may be a login's last page, from which neither its code nor Kakao's redirect can be seen: the site's server
 * exchanged the code and led on.
 */
export function mayHideLogin(
  { pagesWithCode }: FoldedRedirects,
  entry: HarEntry,
  page: HarPage,
): boolean {
  if (!page.document || entry.isToKakao || entry.cached || entry.status === 0) return false;
  // Kakao's pages do not open in a frame.
  if (isForFrame(entry)) return false;
  return !pagesWithCode.has(entry.origin);
}
