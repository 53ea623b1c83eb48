import { SIGNUP } from '../../kakao/policy.ts';
import type { ApiFact, TokenFact } from '../../model/observation.ts';
import { blockedBy } from '../blocked.ts';
import { reducePath } from '../reduce-path.ts';
import { clientIdOf, reduceRedirectUri } from '../reduce-url.ts';
import { apiBodyFacts, tokenBodyFacts, type HashUserId } from '../response-body.ts';
import { fieldsOf, headerOf, type HarEntry } from './entry/har-entry.ts';
import type { HarPage } from './place/har-page.ts';

/**
 * Turns the entry of a call into its fact; null where it is a page instead, and where no host issued a token. What a person
 * opens with a token in its address is a call.
 */
export async function harCallFact(
  entry: HarEntry,
  page: HarPage,
  hash: HashUserId,
): Promise<ApiFact | TokenFact | null> {
  if (entry.endpoint === 'token') return entry.cached ? null : harTokenFact(entry, hash);
  return page.document && entry.bearer === null ? null : harApiFact(entry, page.inFrame, hash);
}

/** Turns the entry of a token request into its fact. */
export async function harTokenFact(entry: HarEntry, hash: HashUserId): Promise<TokenFact> {
  const form = fieldsOf(entry);
  const grant = form.get('grant_type');
  return {
    type: 'token',
    method: entry.method,
    status: entry.status,
    grant: grant === 'authorization_code' || grant === 'refresh_token' ? grant : null,
    clientId: clientIdOf(form),
    redirectUri: reduceRedirectUri(form.get('redirect_uri')),
    sentAt: entry.at,
    ...(await tokenBodyFacts(entry.body, hash)),
  };
}

/** Turns the entry of an API call into its fact. */
export async function harApiFact(
  entry: HarEntry,
  inFrame: boolean,
  hash: HashUserId,
): Promise<ApiFact> {
  const { method, url, status } = entry;
  const target = await targetOf(entry, hash);
  const body = await apiBodyFacts(
    url.pathname,
    entry.body,
    `${url.search}&${entry.sentText ?? ''}`,
    hash,
  );
  return {
    type: 'api',
    method,
    path: reducePath(url.pathname),
    status,
    cached: entry.cached,
    ...(status === 0 ? blockedBy(entry.error) : {}),
    ...(entry.maybeCached && !entry.cached ? { maybeCached: true as const } : {}),
    inFrame,
    sentAt: entry.at,
    // Whoever such a call is about, its answer names that user.
    ...(mayNameUser(entry) ? { target: body.account ?? 'other' } : target),
    ...body,
    wholeBody: body.wholeBody && !isFormMissing(entry),
  };
}

/** Whether a form was sent that the recorder left out: it may have asked for a part of the answer only. */
function isFormMissing(entry: HarEntry): boolean {
  if (entry.method !== 'POST' || entry.sentText !== null) return false;
  // Every request has headers: where none were kept, only the size of what was sent shows that there was something.
  if (entry.requestHeaders.length === 0) return entry.sentSize > 0;
  const isForm = headerOf(entry, 'content-type')?.startsWith('application/x-www-form-urlencoded');
  const isEmpty = headerOf(entry, 'content-length') === '0';
  return isForm === true && !isEmpty;
}

/** The user that a call with the admin key is about, as a salted hash; nothing where it is about who is logged in. */
async function targetOf(entry: HarEntry, hash: HashUserId): Promise<{ target?: string }> {
  const id = entry.url.searchParams.get('target_id') ?? entry.form.get('target_id');
  const hasAdminKey = /^kakaoak /i.test(headerOf(entry, 'authorization') ?? '');
  if (id === null && !hasAdminKey) return {};
  return { target: id !== null && /^\d{1,20}$/.test(id) ? await hash(id) : 'other' };
}

/**
 * Whether a call may have named its user in a form that the recorder left out, along with the header that would tell: no
 * call of the SDK, which says what it is in `KA`, nor a sign-up.
 */
function mayNameUser(entry: HarEntry): boolean {
  return (
    entry.url.pathname !== SIGNUP.path &&
    isFormMissing(entry) &&
    headerOf(entry, 'authorization') === null &&
    headerOf(entry, 'ka') === null
  );
}
