import fc from 'fast-check';
import type { GuidanceInput } from '../../../utils/guidance/rule-context.ts';
import { API_ERRORS } from '../../../utils/kakao/api-errors.ts';
import { KOE_ERRORS } from '../../../utils/kakao/koe-errors.ts';
import { POLICY } from '../../../utils/kakao/policy.ts';
import type { AuthorizeFact, Fact, LeakFact } from '../../../utils/model/observation.ts';
import { api, authorize, HOUR, T0, token } from '../fixtures.ts';
import { apiStep, flowSteps, history, type Step } from '../verdict/random-histories.ts';

const PARAMS = ['client_id', 'redirect_uri', 'response_type'];
const CALLS = [
  ...POLICY.qualifying,
  ...POLICY.unconfirmed,
  ...POLICY.never,
  POLICY.signup.path,
  POLICY.signup.path,
];
/** Codes that have a rule of their own. */
const CODES_WITH_RULE = [-3, -5, -9, -101, -102, -402];
const koe = fc.oneof(
  fc.constantFrom(...KOE_ERRORS.map((e) => e.code), 'KOE999'),
  fc.constantFrom('KOE010', 'KOE320', 'KOE322', null),
);

/** A call that Kakao refused, with or without its code. */
const refused: fc.Arbitrary<Step> = fc
  .record({
    after: fc.integer({ min: 1, max: 9000 }),
    path: fc.constantFrom(...CALLS),
    error: fc.oneof(
      fc.constantFrom(...API_ERRORS.filter((e) => e.http.length), { code: -999, http: [400] }),
      fc.constantFrom(...API_ERRORS.filter((e) => CODES_WITH_RULE.includes(e.code))),
    ),
    known: fc.boolean(),
    scopes: fc.constantFrom<string[]>([], ['friends']),
  })
  .map(({ after, path, error, known, scopes }) => ({
    after,
    source: 'har',
    fact: api(path, error.http[0], {
      method: path === POLICY.signup.path ? 'POST' : 'GET',
      code: known ? error.code : null,
      requiredScopes: scopes,
    }),
  }));

/** An answered call that does not count, or may count. */
const unlisted: fc.Arbitrary<Step> = fc
  .constantFrom(...POLICY.unconfirmed, ...POLICY.never)
  .map((path) => ({ after: 800, fact: api(path) }));

/** An answer of `/v2/user/me` about an account whose link may have been made again. */
const userInfo: fc.Arbitrary<Step> = fc
  .record({ account: fc.constantFrom('alice', 'bob'), hours: fc.constantFrom(0, 24, 50) })
  .map(({ account, hours }) => ({
    after: 700,
    source: 'har',
    fact: api('/v2/user/me', 200, { account, connectedAt: T0 + hours * HOUR, wholeBody: true }),
  }));

/** Calls of a history: those of every history, with refused and unlisted ones among them. */
const calls = fc.oneof(
  { weight: 3, arbitrary: apiStep },
  { weight: 3, arbitrary: refused },
  { weight: 1, arbitrary: unlisted },
  { weight: 1, arbitrary: userInfo },
);

/** A login whose calls can be seen, and the calls that the page makes. */
const visit: fc.Arbitrary<Step[]> = fc
  .record({
    flow: fc.constantFrom('form', 'session', 'session', 'repeat'),
    made: fc.array(fc.oneof(refused, unlisted, unlisted, userInfo), { maxLength: 2 }),
    mode: fc.constantFrom<Step[]>([], [], [set('manual')], [set('auto')]),
  })
  .map(({ flow, made, mode }) => [
    ...mode,
    ...flowSteps(flow),
    { after: 500, fact: token() },
    ...made,
  ]);

function set(linkMode: 'auto' | 'manual'): Step {
  return { after: 1, source: 'tester', fact: { type: 'app', clientId: 'APP', linkMode } };
}

const OUTCOMES: readonly Partial<AuthorizeFact>[] = [
  { outcome: 'error-page', status: 403 },
  { outcome: 'error', error: 'server_error' },
  { outcome: 'error', error: 'consent_required', prompt: ['none'] },
  { implicit: true, outcome: 'error-page', status: 400 },
  { params: [...PARAMS, 'state', 'through_account'] },
  { redirectUri: 'http://shop.test/cb' },
  { params: PARAMS },
  { sdk: '1.43.5' },
];
const request: fc.Arbitrary<Step[]> = fc
  .record({ fact: fc.constantFrom(...OUTCOMES), error: koe })
  .map(({ fact, error }) => [
    { after: 0, fact: authorize(fact.outcome === 'error-page' ? { error, ...fact } : fact) },
  ]);

const exchange: fc.Arbitrary<Step[]> = fc
  .record({
    grant: fc.constantFrom('authorization_code' as const, 'refresh_token' as const),
    status: fc.constantFrom(200, 400, 401, 429),
    error: koe,
    flow: fc.constantFrom('form', 'session', 'repeat'),
  })
  .map(({ flow, grant, status, error }) => [
    ...flowSteps(flow),
    {
      after: 500,
      source: 'har',
      fact: token(status, { grant, clientId: 'APP', error: status === 200 ? null : error }),
    },
  ]);

/** The sign-up call of an account that is already linked. */
const alreadyLinked: Step = {
  after: 900,
  source: 'har',
  fact: api('/v1/user/signup', 400, { method: 'POST', code: -102 }),
};

/** Sequences that single rules need, such as many callbacks in a day or extra consent several times. */
const series: fc.Arbitrary<Step[]> = fc.constantFrom<Step[]>(
  Array.from({ length: 6 }, (_, i) => ({
    after: 1000,
    source: 'callback',
    where: { tab: null },
    fact: {
      type: 'unlink-callback',
      appId: null,
      account: i ? `h${i}` : 'alice',
      referrerType: 'INCOMPLETE_SIGN_UP',
      timeKnown: true,
    },
  })),
  [
    ...flowSteps('session'),
    { after: 900, fact: api('/v2/user/me') },
    ...flowSteps('extra'),
    ...flowSteps('extra'),
  ],
  flowSteps('unwatched'),
  [
    ...flowSteps('session'),
    {
      after: 900,
      fact: { type: 'arrival', redirectUri: 'SITE/home', outcome: 'code', error: null },
    },
  ],
  [
    ...flowSteps('message'),
    { after: 900, fact: { type: 'pause', paused: true }, source: 'tester' },
  ],
  // Two completed first logins, and two that are not completed 20 hours later, as after a release that stopped calling.
  [
    ...first(true),
    ...first(true),
    { after: 20 * HOUR, fact: { type: 'frame' } },
    ...first(),
    ...first(),
  ],
  [...flowSteps('form'), { after: 500, fact: token() }, alreadyLinked],
  [
    { after: 0, fact: { type: 'watch', watched: false } },
    ...flowSteps('unwatched'),
    { after: 9000, fact: { type: 'watch', watched: true } },
  ],
  [...loginWithLinkOf(0), ...loginWithLinkOf(25)],
);

function first(done = false): Step[] {
  return [
    ...flowSteps('form'),
    { after: 500, fact: token() },
    ...(done ? [{ after: 500, fact: api('/v2/user/me') }] : []),
  ];
}

/** A login of an account whose link was made so many hours after T0. */
function loginWithLinkOf(hours: number): Step[] {
  const fact = api('/v2/user/me', 200, { account: 'alice', connectedAt: T0 + hours * HOUR });
  return [...flowSteps('session'), { after: 500, source: 'har', fact }];
}

const otherFact: fc.Arbitrary<Step[]> = fc
  .oneof(
    fc
      .constantFrom<LeakFact['what']>('client-secret', 'admin-key', 'token-in-url')
      .map((what): Fact => ({ type: 'leak', what, clientId: null })),
    fc.constant<Fact>({ type: 'bad-report', reason: 'path' }),
    fc.constant<Fact>({ type: 'app', clientId: 'APP', fixedUserId: 'off' }),
    fc.constant<Fact>({ type: 'silence', clientId: 'APP', rule: 'window-passed', silenced: true }),
  )
  .map((fact) => [{ after: 100, fact }]);

/** Random histories in which every rule can fire. */
export const guidanceHistory = () =>
  history({
    calls,
    more: fc.oneof(request, exchange, visit, visit, visit, series, series, series, otherFact),
  });

/** Sessions that a history may be divided into, or none. */
export const sessionsOf: fc.Arbitrary<Partial<GuidanceInput>> = fc
  .constantFrom(0, 12, 24, 47)
  .map((h) => {
    const span = (id: string, hours: number) => ({
      id,
      name: id,
      build: id,
      startedAt: T0 + hours * HOUR,
    });
    return h ? { session: span('s2', h), sessionsBefore: [span('s1', -9000)] } : {};
  });
