import fc from 'fast-check';
import { POLICY } from '../../../utils/kakao/policy.ts';
import type { App } from '../../../utils/model/app.ts';
import type { Login } from '../../../utils/model/login.ts';
import type {
  Fact,
  Observation,
  Source,
  RequestContext,
} from '../../../utils/model/observation.ts';
import { reduce, replay } from '../../../utils/verdict/reduce.ts';
import { createLoginState, type LoginState } from '../../../utils/verdict/state/login-state.ts';
import { api, authorize, HOUR, T0, token } from '../fixtures.ts';

/** A step of made-up traffic: its fact, how many ms after the step before, and where it was made. */
export interface Step {
  after: number;
  fact: Fact;
  source?: Source;
  where?: Partial<RequestContext>;
}

interface Place {
  site: string;
  app: string;
  cookieStore: string;
  tab: string;
}

const place: fc.Arbitrary<Place> = fc.record({
  site: fc.constantFrom('https://a.shop.test', 'https://b.shop.test'),
  app: fc.constantFrom('app-1', 'app-2'),
  cookieStore: fc.constantFrom('default', 'default', 'default', 'private'),
  tab: fc.constantFrom('r:1', 'r:2'),
});

const account = fc.constantFrom(null, null, 'alice', 'bob');

const PATHS = [
  ...POLICY.qualifying.slice(0, 3),
  ...POLICY.qualifying.slice(0, 3),
  POLICY.signup.path,
  '/v1/user/unlink',
  '/v1/user/access_token_info',
  '/v1/oidc/userinfo',
  '/v2/user/meow',
];

/** An API call as capturing can produce it: facts of a body come with `/v2/user/me` only. */
export const apiStep: fc.Arbitrary<Step> = fc
  .record({
    after: fc.integer({ min: 1, max: 9000 }),
    path: fc.constantFrom(...PATHS),
    method: fc.constantFrom('GET', 'POST', 'POST', 'OPTIONS', 'DELETE'),
    status: fc.constantFrom(200, 200, 200, 200, 400, 401, 403, 500, 0, 304),
    cached: fc.constantFrom(false, false, false, true),
    inFrame: fc.constantFrom(false, false, true),
    code: fc.constantFrom(null, null, -102, -401),
    account,
    body: fc.constantFrom('none', 'none', 'auto', 'not-signed-up', 'signed-up', 'old', 'new'),
    source: fc.constantFrom<Source>('browser', 'browser', 'har', 'server'),
    noTab: fc.constantFrom(false, false, false, true),
  })
  .map(({ after, path, method, status, body, source, noTab, code, ...rest }) => {
    const me = path === '/v2/user/me' && status === 200;
    return {
      after,
      source,
      where: {
        ...(noTab ? { tab: null } : {}),
        ...(rest.inFrame ? { site: null } : {}),
      },
      fact: api(path, status, {
        ...rest,
        method,
        account: status === 200 ? rest.account : null,
        code: status >= 400 ? code : null,
        hasSignedUp:
          me && body === 'not-signed-up' ? false : me && body === 'signed-up' ? true : null,
        connectedAt: me && body === 'old' ? T0 - 500 * HOUR : me && body === 'new' ? T0 : null,
        wholeBody: me && body !== 'none',
      }),
    };
  });

const tokenStep: fc.Arbitrary<Step> = fc
  .record({
    after: fc.integer({ min: 1, max: 9000 }),
    status: fc.constantFrom(200, 200, 200, 400, 0),
    account,
    grant: fc.constantFrom(null, 'authorization_code' as const, 'refresh_token' as const),
    source: fc.constantFrom<Source>('browser', 'har', 'server'),
    named: fc.boolean(),
  })
  .map(({ after, source, named, ...fact }) => ({
    after,
    source,
    fact: token(fact.status, { ...fact, clientId: named ? 'APP' : null }),
  }));

/** The steps of every way a login can go. `situate` fills in `APP` and `SITE`. */
const FLOWS: Record<string, Step[]> = {
  form: [
    { after: 0, fact: authorize({ outcome: 'login-form' }) },
    {
      after: 2000,
      fact: authorize({ outcome: 'screen', params: ['through_account'], fromKakao: true }),
      where: { site: null },
    },
    {
      after: 1000,
      fact: authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }),
      where: { site: null },
    },
  ],
  session: [
    { after: 0, fact: authorize({ outcome: 'screen' }) },
    {
      after: 1000,
      fact: authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }),
      where: { site: null },
    },
  ],
  repeat: [{ after: 0, fact: authorize() }],
  'form-repeat': [
    { after: 0, fact: authorize({ outcome: 'login-form' }) },
    {
      after: 2000,
      fact: authorize({ params: ['through_account'], fromKakao: true }),
      where: { site: null },
    },
  ],
  'prompt-login': [
    { after: 0, fact: authorize({ outcome: 'login-form', prompt: ['login'] }) },
    { after: 900, fact: authorize({ params: ['through_account'] }), where: { site: null } },
  ],
  silent: [{ after: 0, fact: authorize({ prompt: ['none'] }) }],
  extra: [
    { after: 0, fact: authorize({ outcome: 'screen', params: ['scope'] }) },
    {
      after: 1000,
      fact: authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }),
      where: { site: null },
    },
  ],
  cancel: [
    { after: 0, fact: authorize({ outcome: 'screen' }) },
    {
      after: 700,
      fact: authorize({
        clientId: null,
        method: 'POST',
        outcome: 'error',
        error: 'access_denied',
        fromKakao: true,
      }),
      where: { site: null },
    },
  ],
  refused: [{ after: 0, fact: authorize({ outcome: 'error-page', status: 400 }) }],
  abandoned: [{ after: 0, fact: authorize({ outcome: 'login-form' }) }],
  middle: [
    {
      after: 0,
      fact: authorize({ params: ['through_account'], fromKakao: true }),
      where: { site: null },
    },
  ],
  'middle-post': [
    {
      after: 0,
      fact: authorize({ clientId: null, method: 'POST', params: [], fromKakao: true }),
      where: { site: null },
    },
  ],
  unwatched: [{ after: 0, fact: authorize({ watched: false }), where: { site: null } }],
  message: [
    { after: 0, fact: authorize({ outcome: 'screen', redirectUri: 'kakaojs' }) },
    {
      after: 900,
      fact: authorize({ clientId: null, method: 'POST', outcome: 'screen', fromKakao: true }),
      where: { site: null },
    },
  ],
  'message-at-once': [
    { after: 0, fact: { type: 'frame' } },
    {
      after: 10,
      fact: authorize({ outcome: 'screen', redirectUri: 'kakaojs', params: ['proxy'] }),
    },
    { after: 900, fact: api('/v2/user/me', 200, { inFrame: true }), where: { site: null } },
  ],
  'message-body': [
    { after: 0, fact: authorize({ outcome: 'token', status: 200, redirectUri: 'kakaojs' }) },
  ],
  poll: [
    { after: 0, fact: { type: 'poll', clientId: 'APP', watched: true } },
    { after: 10, fact: authorize({ outcome: 'screen', params: ['is_popup'] }) },
    {
      after: 900,
      fact: { type: 'arrival', redirectUri: 'SITE/cb', outcome: 'code', error: null },
    },
  ],
  easy: [
    { after: 0, fact: { type: 'poll', clientId: 'APP', watched: true } },
    {
      after: 5000,
      fact: { type: 'arrival', redirectUri: 'SITE/cb', outcome: 'code', error: null },
    },
  ],
};

/** The names of all ways a login can go. */
export const FLOW_NAMES = Object.keys(FLOWS);

/** The steps of one way a login can go. */
export const flowSteps = (name: string): Step[] => FLOWS[name] ?? [];

const testerStep: fc.Arbitrary<Step> = fc
  .oneof(
    fc.record({
      type: fc.constant('mark'),
      login: fc.nat(20).map(String),
      mark: fc.constantFrom('complete', 'cut', null),
      note: fc.constant(''),
    }),
    fc.record({
      type: fc.constant('label'),
      login: fc.nat(20).map(String),
      label: fc.constantFrom('alice', 'bob', ''),
    }),
    fc.record({
      type: fc.constant('app'),
      clientId: fc.constant('APP'),
      linkMode: fc.constantFrom('auto', 'manual', 'unknown'),
    }),
    fc.record({
      type: fc.constant('app'),
      clientId: fc.constant('APP'),
      windowMs: fc.constantFrom(null, 60_000, 3 * HOUR),
    }),
    fc.record({ type: fc.constant('pause'), paused: fc.boolean() }),
    fc.constant({ type: 'silence', clientId: 'APP', rule: 'no-state', silenced: true }),
  )
  .map((fact) => ({ after: 100, fact: fact as Fact, source: 'tester', where: { tab: null } }));

const otherStep: fc.Arbitrary<Step> = fc
  .oneof(
    fc.record({ type: fc.constant('watch'), watched: fc.boolean() }),
    fc.constant({ type: 'start' }),
    fc.constant({ type: 'loss' }),
    fc.record({
      type: fc.constant('loss'),
      leftOut: fc.constantFrom('steps', 'logins', 'elsewhere'),
    }),
    fc.constant({ type: 'recording-ended' }),
    fc.record({
      type: fc.constant('unlink-callback'),
      appId: fc.constant(null),
      account,
      referrerType: fc.constantFrom('INCOMPLETE_SIGN_UP', 'UNLINK_FROM_APPS'),
    }),
  )
  .map((fact) => ({ after: 100, fact: fact as Fact, where: { tab: null } }));

/** What a page of the site does beside its calls to Kakao. */
const siteStep: fc.Arbitrary<Step> = fc
  .constantFrom<Fact>({ type: 'bad-report', reason: 'path' }, { type: 'token-handed' })
  .map((fact) => ({ after: 100, fact }));

interface Episode {
  at: number;
  place: Place;
  steps: Step[];
}

const episode = (calls: fc.Arbitrary<Step>, others?: fc.Arbitrary<Step[]>): fc.Arbitrary<Episode> =>
  fc.record({
    // Some episodes lie far apart, some interleave within seconds.
    at: fc
      .tuple(
        fc.constantFrom(0, 0, 0, 1, 5, 23, 24, 25, 47, 50, 75),
        fc.integer({ min: 0, max: 20_000 }),
      )
      .map(([hours, ms]) => hours * HOUR + ms),
    place,
    steps: fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...FLOW_NAMES),
            fc.array(
              fc.oneof(
                { weight: 4, arbitrary: tokenStep },
                { weight: 4, arbitrary: calls },
                { weight: 1, arbitrary: siteStep },
              ),
              { maxLength: 3 },
            ),
          )
          .map(([name, more]) => [...flowSteps(name), ...more]),
      },
      { weight: 3, arbitrary: fc.array(calls, { minLength: 1, maxLength: 2 }) },
      { weight: 2, arbitrary: testerStep.map((s) => [s]) },
      { weight: 1, arbitrary: otherStep.map((s) => [s]) },
      ...(others ? [{ weight: 6, arbitrary: others }] : []),
    ),
  });

/** Returns a fact with an app's and a site's name in place of the placeholders. */
export function situate(fact: Fact, app: string, site: string): Fact {
  return JSON.parse(
    JSON.stringify(fact)
      .replaceAll('"APP"', `"${app}"`)
      .replaceAll('"js-key-0001"', `"${app}"`)
      .replaceAll('SITE/', `${site}/`)
      .replaceAll('https://page.shop.test', site),
  ) as Fact;
}

function build(episodes: Episode[], jumps: { from: number; by: number }[]): Observation[] {
  const timed = episodes.flatMap(({ at, place: { app, site, ...where }, steps }) => {
    let now = T0 + at;
    return steps.map((s) => {
      now += s.after;
      return {
        at: now,
        source: s.source ?? 'browser',
        opener: null,
        site,
        ...where,
        ...s.where,
        ...situate(s.fact, app, site),
      };
    });
  });
  const inOrder = timed.sort((a, b) => a.at - b.at) as Observation[];
  inOrder.forEach((o, i) => {
    o.id = `h${i}`;
    for (const { from, by } of jumps) if (i >= from) o.at += by;
  });
  const ids = [
    ...replay(inOrder.filter((o) => o.type !== 'mark' && o.type !== 'label')).logins.keys(),
  ];
  for (const o of inOrder)
    if (o.type === 'mark' || o.type === 'label')
      o.login = ids.length ? (ids[Number(o.login) % ids.length] ?? '') : 'nothing';
  return inOrder;
}

const jump = fc.record({
  from: fc.integer({ min: 1, max: 20 }),
  by: fc.constantFrom(-30 * HOUR, -2 * HOUR, -5000, 5000, 2 * HOUR, 30 * HOUR),
});

/** Random histories: several apps, sites, tabs, cookie stores and accounts, interleaved, with clock jumps. */
export const history = (
  options: { calls?: fc.Arbitrary<Step>; more?: fc.Arbitrary<Step[]>; jumps?: boolean } = {},
) =>
  fc
    .tuple(
      fc.array(episode(options.calls ?? apiStep, options.more), { minLength: 1, maxLength: 9 }),
      fc.array(jump, { maxLength: options.jumps === false ? 0 : 2 }),
    )
    .map(([episodes, jumps]) => build(episodes, jumps));

/** Instants at which verdicts may differ, epoch ms. */
export const INSTANTS = [-31, 0, 0.5, 4, 23, 24.01, 26, 48.01, 72, 100, 200].map(
  (h) => T0 + Math.round(h * HOUR),
);

/** A store of a login state that keeps nothing in memory: every value goes through JSON. */
interface Disk {
  logins: Map<string, string>;
  apps: Map<string, string>;
  tracking: string;
}

const toJson = (value: unknown): string => JSON.stringify(structuredClone(value));

/** Reads a login state anew. */
function readDisk(disk: Disk): LoginState {
  const loginState = createLoginState();
  const logins = [...disk.logins.values()].map((l): Login => JSON.parse(l));
  for (const l of logins.sort((a, b) => a.ordinal - b.ordinal)) loginState.logins.set(l.id, l);
  const apps = [...disk.apps.values()].map((a): App => JSON.parse(a));
  for (const app of apps) loginState.apps.set(app.clientId, app);
  if (disk.tracking) loginState.tracking = JSON.parse(disk.tracking);
  return loginState;
}

/** Reduces observations one by one, as if the worker died after each: only what a change names is stored in between. */
export function reduceThroughStore(observations: readonly Observation[]): LoginState {
  const disk: Disk = { logins: new Map(), apps: new Map(), tracking: '' };
  for (const o of observations) {
    const loginState = readDisk(disk);
    const change = reduce(loginState, structuredClone(o));
    for (const id of change.logins) {
      const login = loginState.logins.get(id);
      if (login) disk.logins.set(id, toJson(login));
    }
    for (const id of change.apps) {
      const app = loginState.apps.get(id);
      if (app) disk.apps.set(id, toJson(app));
    }
    disk.tracking = toJson(loginState.tracking);
  }
  return readDisk(disk);
}
