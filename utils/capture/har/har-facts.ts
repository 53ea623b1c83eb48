import { endpointOf, isKakaoHost, isLoginForm, KAUTH } from '../../kakao/endpoints.ts';
import type { Fact } from '../../model/observation.ts';
import {
  apiBodyFacts,
  handedOver,
  shownError,
  tokenBodyFacts,
  type HashUserId,
} from '../response-body.ts';
import { arrivalFact, arrivedFromKauth, authorizeFact } from '../authorize.ts';
import { headerOf, type HarEntry } from './har-entry.ts';
import type { HarPage, HarHistory } from './har-page.ts';
import { findTokenInUrl, findLeakToKakao } from '../leaked-secrets.ts';
import { parseUrl } from '../../model/url.ts';
import { clientIdOf, reducePath, reduceRedirectUri } from '../reduce-url.ts';

/** What an entry says of a login, reduced to what holds no secret; null where it says nothing. */
export async function harFact(
  entry: HarEntry,
  page: HarPage,
  seen: HarHistory,
  hash: HashUserId,
): Promise<Fact | null> {
  const { method, url, status } = entry;
  if (method === 'OPTIONS') return null;
  switch (endpointOf(url)) {
    case 'authorize':
    case 'kauth-page':
      if (entry.location) seen.sentTo.add(withoutFragment(entry.location));
      return page.document ? pageFact(entry, page.fromKakao) : null;
    case 'code-poll':
      return { type: 'poll', clientId: clientIdOf(url.searchParams), watched: true };
    case 'sdk-frame':
      return page.document ? { type: 'frame' } : null;
    case 'token': {
      const form = new URLSearchParams(entry.form ?? url.search);
      const grant = form.get('grant_type');
      return {
        type: 'token',
        method,
        status,
        grant: grant === 'authorization_code' || grant === 'refresh_token' ? grant : null,
        clientId: clientIdOf(form),
        redirectUri: reduceRedirectUri(form.get('redirect_uri')),
        ...(await tokenBodyFacts(entry.body, hash)),
      };
    }
    case 'api':
      if (page.document) return null;
      return {
        type: 'api',
        method,
        path: reducePath(url.pathname),
        status,
        cached: entry.cached,
        inFrame: page.inFrame,
        ...(await apiBodyFacts(
          url.pathname,
          entry.body,
          `${url.search}&${entry.form ?? ''}`,
          hash,
        )),
      };
    default:
      if (!page.document || isKakaoHost(url.host) || isLoginForm(url)) return null;
      return arrival(url, page, seen);
  }
}

const withoutFragment = (url: string) => url.replace(/#.*$/s, '');

/** A file that starts at the callback shows by whom the browser was sent there: then the arrival is the login. */
function arrival(url: URL, page: HarPage, seen: HarHistory): Fact | null {
  const fact = arrivalFact(url);
  const target = withoutFragment(url.href);
  const unseen = page.origin === `https://${KAUTH}` && !seen.sentTo.has(target);
  if (fact?.outcome !== 'code' || !unseen) return fact;
  seen.sentTo.add(target);
  return arrivedFromKauth(fact);
}

function pageFact(entry: HarEntry, fromKakao: boolean) {
  const { method, url, status, location } = entry;
  // A form's POST does not name the app in its URL; the form and the page it was on do.
  const referer = parseUrl(headerOf(entry, 'referer'));
  const asked = [
    url.searchParams,
    new URLSearchParams(entry.form ?? ''),
    ...(referer && endpointOf(referer) === 'authorize' ? [referer.searchParams] : []),
  ].find((q) => q.has('client_id'));
  const fact = authorizeFact({ method, url, asked, status, location, fromKakao, watched: true });
  if (fact?.outcome === 'error-page') return { ...fact, error: shownError(entry.body) };
  const handed = fact?.outcome === 'screen' ? handedOver(entry.body) : null;
  if (!fact || !handed) return fact;
  return { ...fact, outcome: handed };
}

/** A secret that an entry carries where it does not belong; null where there is none. */
export function harLeak(entry: HarEntry, page: HarPage): Fact | null {
  const { url, method } = entry;
  if (method === 'OPTIONS') return null;
  if (!isKakaoHost(url.host)) return page.document ? findTokenInUrl(url) : null;
  const form = new URLSearchParams(entry.form ?? url.search);
  return findLeakToKakao(url, form, headerOf(entry, 'authorization'));
}
