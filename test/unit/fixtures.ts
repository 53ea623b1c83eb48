import type {
  ApiFact,
  AuthorizeFact,
  Fact,
  Observation,
  TokenFact,
  RequestContext,
} from '../../utils/model/observation.ts';

/** When the made-up traffic begins, epoch ms. */
export const T0 = Date.UTC(2026, 10, 22, 3, 0, 0);
export const HOUR = 3_600_000;
export const SITE = 'https://page.shop.test';
export const APP = 'js-key-0001';

let count = 0;

/** An observation of a fact at an instant (epoch ms). Everything else has a default. */
export function observe(
  fact: Fact,
  at: number,
  more: Partial<RequestContext> & { source?: Observation['source']; id?: string } = {},
): Observation {
  count += 1;
  return {
    id: `o${String(count).padStart(6, '0')}`,
    source: 'browser',
    cookieStore: 'default',
    tab: 'r:1',
    opener: null,
    site: SITE,
    ...more,
    ...fact,
    at,
  } as Observation;
}

/** An authorize step. */
export function authorize(fact: Partial<AuthorizeFact> = {}): AuthorizeFact {
  return {
    type: 'authorize',
    method: 'GET',
    status: fact.outcome === 'screen' ? 200 : 302,
    clientId: APP,
    redirectUri: `${SITE}/cb`,
    params: ['client_id', 'redirect_uri', 'response_type', 'state'],
    prompt: [],
    sdk: '2.6.0',
    outcome: 'code',
    error: null,
    fromKakao: false,
    watched: true,
    ...fact,
  };
}

/** An API call. */
export function api(path: string, status = 200, fact: Partial<ApiFact> = {}): ApiFact {
  return {
    type: 'api',
    method: 'GET',
    path,
    status,
    code: null,
    hasSignedUp: null,
    connectedAt: null,
    account: null,
    wholeBody: false,
    cached: false,
    inFrame: false,
    requiredScopes: [],
    ...fact,
  };
}

/** A token request. */
export function token(status = 200, fact: Partial<TokenFact> = {}): TokenFact {
  return {
    type: 'token',
    method: 'POST',
    status,
    grant: null,
    clientId: null,
    redirectUri: null,
    error: null,
    account: null,
    ...fact,
  };
}

/** What an observation may set besides its fact and its instant. */
type ObservationFields = Parameters<typeof observe>[2];

/** A call of `/v2/user/me` that answered 200. */
export const me = (
  at: number,
  more: ObservationFields = {},
  fact: Partial<ApiFact> = {},
): Observation => observe(api('/v2/user/me', 200, fact), at, more);

/** A token request that answered 200. */
export const exchange = (at: number, more: ObservationFields = {}): Observation =>
  observe(token(), at, more);

type LoginFields = ObservationFields & { fact?: Partial<AuthorizeFact> };

/** The steps of a first login seen whole: login form, consent, code. It begins at `at` (epoch ms) and takes 3 s. */
export function firstLogin(at: number, { fact = {}, ...more }: LoginFields = {}): Observation[] {
  const back = { ...fact, params: ['through_account'], fromKakao: true };
  return [
    observe(authorize({ ...fact, outcome: 'login-form' }), at, more),
    observe(authorize({ ...back, outcome: 'screen' }), at + 2000, { ...more, site: null }),
    observe(
      authorize({ ...fact, clientId: null, method: 'POST', params: [], fromKakao: true }),
      at + 3000,
      { ...more, site: null },
    ),
  ];
}

/** A login without consent in the Kakao session at hand: one redirect. */
export function repeatLogin(at: number, { fact = {}, ...more }: LoginFields = {}): Observation[] {
  return [observe(authorize(fact), at, more)];
}
