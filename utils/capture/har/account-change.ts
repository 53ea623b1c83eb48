import { isAccountPage, KAUTH } from '../../kakao/endpoints.ts';
import type { AuthorizeFact } from '../../model/observation.ts';
import { parseUrl } from '../../model/url.ts';
import { headerOf, isRedirect, type HarEntry } from './entry/har-entry.ts';
import { isDocument } from './place/har-page.ts';

/** Pages of the Kakao account where somebody signs in or out. */
const SIGNING_PAGE = /\/(login|logout|account_picker|create_account)(\/|$)/;
/** What is sent there by a form or a script. */
const SIGNING_FORM = /log-?(in|out)|auth|sign/i;

/**
 * Turns a visit of the Kakao account's own pages, outside of any login, into the step that tells that the account may have
 * changed: somebody signed in or out there. Null for every other entry. Only the address is read, and what led there.
 */
export function accountChange(entry: HarEntry): AuthorizeFact | null {
  if (!isAccountPage(entry.url) || !isSigning(entry) || isOnWayOfLogin(entry)) return null;
  return {
    type: 'authorize',
    method: 'GET',
    status: entry.status,
    clientId: null,
    redirectUri: null,
    params: [],
    prompt: [],
    sdk: null,
    outcome: 'login-form',
    error: null,
    fromKakao: true,
    watched: true,
  };
}

/** Whether an entry shows the form to sign in, sends it, or signs out. Who is signed in is led on from the form at once. */
function isSigning(entry: HarEntry): boolean {
  const { method, url } = entry;
  if (method === 'POST') return SIGNING_FORM.test(url.pathname);
  if (!isDocument(entry) || !SIGNING_PAGE.test(url.pathname)) return false;
  return !isRedirect(entry) || url.pathname.includes('logout');
}

/** Whether a page of the Kakao account goes on to kauth, whose steps tell by themselves that the account may have changed. */
function isOnWayOfLogin(entry: HarEntry): boolean {
  if (leadsToLogin(entry.url)) return true;
  const referer = parseUrl(headerOf(entry, 'referer'));
  return referer !== null && (referer.host === KAUTH || leadsToLogin(referer));
}

function leadsToLogin(page: URL): boolean {
  return isAccountPage(page) && parseUrl(page.searchParams.get('continue'))?.host === KAUTH;
}
