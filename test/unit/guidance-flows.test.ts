import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsOf } from '../../utils/guidance/findings-of.ts';
import { RULES } from '../../utils/guidance/register.ts';
import type { Finding } from '../../utils/guidance/rule.ts';
import type { Context } from '../../utils/guidance/scene.ts';
import type { Observation } from '../../utils/link/observation.ts';
import { codeOf } from '../emulator/test-steps.ts';
import { APPS, startEmulator, type Emulator, type ForcedAnswer } from '../emulator/index.ts';
import { callbackLog, record, type Recording } from './emulator-recording.ts';
import { contextOf } from './guidance-cases.ts';
import { HOUR, observe } from './make.ts';

const PAGE = 'https://page.shop.test';
const MANUAL = 'https://manual.shop.test';
const FRAME = 'https://frame.shop.test';
const SERVER = 'https://server.shop.test';
/** A shop of its own, whose server reports something that nobody can read. */
const MUMBLING = 'mumbling.shop.test';

let emulator: Emulator;
const mumbler = createServer((_request, response) =>
  response.writeHead(200, { 'server-timing': 'kakao;desc="GET /v2/user/me fine"' }).end('ok'),
);
beforeAll(async () => {
  emulator = await startEmulator();
  await new Promise<void>((done) => mumbler.listen(0, '127.0.0.1', done));
  emulator.addSite(MUMBLING, (mumbler.address() as AddressInfo).port);
});
afterAll(async () => {
  mumbler.close();
  await emulator.close();
});
/** Before a flow: nobody is linked to anything, and whatever happened is long ago. */
async function afresh(): Promise<void> {
  for (const { clientId, account } of emulator.truth())
    await emulator.unlinkFromApps(clientId, account);
  emulator.callbacks.length = 0;
  emulator.advance(1000 * HOUR);
}

/** A site and its app, as a page under test knows them. */
class Shop {
  readonly har: Recording;
  readonly site: string;
  readonly app: string;
  token = '';
  refresh = '';
  constructor(site = PAGE, app: string = APPS.page) {
    this.har = record(emulator, site);
    this.site = site;
    this.app = app;
  }
  get fields() {
    return { client_id: this.app, redirect_uri: `${this.site}/cb` };
  }
  /** A login and its exchange; more parameters of the authorize request. */
  async in(user = 'alice', more: Record<string, string> = {}): Promise<this> {
    const back = await this.har.login({ ...this.fields, ...more }, { user });
    await this.exchange(codeOf(back));
    return this;
  }
  async exchange(code: string, more: Record<string, string> = {}): Promise<void> {
    const form = { grant_type: 'authorization_code', ...this.fields, code, ...more };
    const { access_token = '', refresh_token = '' } = await this.har.token(form);
    if (access_token) Object.assign(this, { token: access_token, refresh: refresh_token });
  }
  async call(path: string, method?: string): Promise<this> {
    await this.har.call(path, `Bearer ${this.token}`, method);
    return this;
  }
  me = () => this.call('/v2/user/me');
  renew = () =>
    this.har.token({
      grant_type: 'refresh_token',
      client_id: this.app,
      refresh_token: this.refresh,
    });
}

const shop = (...args: ConstructorParameters<typeof Shop>) => new Shop(...args);
const manual = () => shop(MANUAL, APPS.manual);
const later = (hours: number) => emulator.advance(hours * HOUR);
const answered = async (path: string, answer: ForcedAnswer, method?: string) => {
  emulator.answerNext(path, answer);
  return (await shop().in()).call(path, method);
};
const friends = (status: number, code: number) =>
  answered('/v1/api/talk/friends', { status, code, required_scopes: ['friends'] });

/** What a flow leaves behind: a shop with its recording, or observations and what else guidance is given. */
type Left =
  | Shop
  | { observations: readonly Observation[]; more?: Partial<Context> }
  | { shop: Shop; bodies: boolean };
type Flow = () => Promise<Left>;

async function guidance(flow: Flow): Promise<Finding[]> {
  await afresh();
  const left = await flow();
  const observations =
    left instanceof Shop
      ? await left.har.observations()
      : 'shop' in left
        ? await left.shop.har.observations({ bodies: left.bodies })
        : left.observations;
  const more = 'more' in left ? left.more : {};
  return findingsOf({ ...contextOf(observations), ...more }, emulator.now());
}

/** A first login that does everything right: the near miss of most rules. */
const fine: Flow = async () => (await shop().in()).me();
const unseen =
  (flow: () => Promise<Shop>): Flow =>
  async () => ({
    shop: await flow(),
    bodies: false,
  });
const authorized =
  (more: Record<string, string>, way?: Parameters<Recording['login']>[1]): Flow =>
  async () => {
    const one = shop();
    await one.har.login({ ...one.fields, ...more }, way);
    return one;
  };
const relinked =
  (app: string, cut = true): Flow =>
  async () => {
    const one = await (await shop(PAGE, app).in()).me();
    later(1);
    if (cut) await emulator.unlinkFromApps(app, 'alice');
    await (await one.in()).me();
    return one;
  };
const asTester = async (one: Shop, linkMode: 'auto' | 'manual') => {
  const seen = await one.har.observations();
  const at = (seen[0]?.at ?? 0) - 1;
  const set = observe({ type: 'app', clientId: one.app, linkMode }, at, { source: 'tester' });
  return { observations: [set, ...seen] };
};
/** First logins of some people, left open or completed, and what the daily job makes of them. */
const day =
  (users: readonly string[], done = false): Flow =>
  async () => {
    const all: Observation[] = [];
    for (const user of users) {
      const one = await shop().in(user, { scope: 'openid' });
      if (done) await one.me();
      all.push(...(await one.har.observations()).map((o) => ({ ...o, id: `${user}-${o.id}` })));
    }
    later(26);
    await emulator.runDailyJob();
    return { observations: [...all, ...(await callbackLog(emulator))] };
  };
/** Two first logins in each of two sessions; those of the second are completed or not. */
const sessions =
  (still: boolean): Flow =>
  async () => {
    const run = async (users: readonly string[], done: boolean) => {
      const startedAt = emulator.now();
      const all: Observation[] = [];
      for (const user of users) {
        const one = await shop().in(user);
        if (done) await one.me();
        all.push(...(await one.har.observations()).map((o) => ({ ...o, id: `${user}-${o.id}` })));
        later(1);
      }
      return { startedAt, all };
    };
    const before = await run(['alice', 'bob'], true);
    const now = await run(['carol', 'dave'], still);
    const span = (id: string, { startedAt }: typeof now) => ({
      id,
      name: id,
      build: id,
      startedAt,
    });
    return {
      observations: [...before.all, ...now.all],
      more: { session: span('b2', now), sessionsBefore: [span('b1', before)] },
    };
  };

/** A login as it is seen live; `more` of what happens in the browser afterwards. */
const live =
  (watched: boolean, ...more: Parameters<typeof observe>[0][]): Flow =>
  async () => {
    const one = await shop().in();
    const own = more.map((fact, i) => observe(fact, emulator.now() + i + 1, { source: 'tester' }));
    later(1);
    return { observations: [...one.har.live(watched), ...own] };
  };

/** Rule, a flow that makes it speak, and one like it that does not. */
const FLOWS: [rule: string, fires: Flow, near: Flow][] = [
  [
    'manual-me-alone',
    async () => (await manual().in()).me(),
    async () => (await (await manual().in()).me()).call('/v1/user/signup', 'POST'),
  ],
  [
    'manual-no-signup',
    async () => asTester(await manual().in(), 'manual'),
    async () => asTester(await (await manual().in()).call('/v1/user/signup', 'POST'), 'manual'),
  ],
  [
    'exchange-failed',
    async () => {
      const one = shop();
      await one.exchange(codeOf(await one.har.login(one.fields)), {
        redirect_uri: `${PAGE}/other`,
      });
      return one;
    },
    fine,
  ],
  ['scope-missing', () => friends(403, -402), () => friends(403, -5)],
  ['feature-off', () => friends(403, -3), () => friends(403, -402)],
  ['no-permission', () => friends(403, -5), () => friends(403, -3)],
  [
    'api-ended',
    () => answered('/v1/api/story/profile', { status: 400, code: -9 }),
    async () => (await shop().in()).call('/v1/api/story/profile'),
  ],
  [
    'not-linked',
    async () => (await manual().in()).call('/v1/api/talk/friends'),
    async () => (await shop().in()).call('/v1/api/talk/friends'),
  ],
  [
    'token-refused',
    async () => {
      const one = await shop().in();
      one.token = 'stale';
      return one.me();
    },
    fine,
  ],
  ['call-refused', () => friends(400, -10), () => friends(400, -101)],
  ['forbidden-unknown', unseen(() => friends(403, -402)), () => friends(403, -402)],
  ['call-failed', unseen(() => friends(400, -101)), () => friends(400, -101)],
  ['retired-call', async () => (await shop().in()).call('/v1/user/me'), fine],
  [
    'uncounted-only',
    async () => (await shop().in()).call('/v2/user/scopes'),
    async () => (await (await shop().in()).call('/v2/user/scopes')).me(),
  ],
  [
    'unconfirmed-only',
    async () => (await shop().in()).call('/v1/oidc/userinfo'),
    async () => (await shop().in()).call('/v2/user/scopes'),
  ],
  ['token-only', () => shop().in(), fine],
  [
    'window-passed',
    async () => {
      const one = await shop().in();
      later(25);
      return one;
    },
    async () => {
      const one = await (await shop().in()).me();
      later(25);
      return one;
    },
  ],
  [
    'library-no-profile',
    async () => {
      const one = shop(FRAME, APPS.frame);
      await one.har.login({
        client_id: APPS.frame,
        redirect_uri: 'kakaojs',
        origin: FRAME,
        proxy: 'easyXDM_Kakao_x_provider',
        ka: 'sdk/1.43.5 os/javascript',
      });
      return one;
    },
    async () => shop(FRAME, APPS.frame).in('alice', { ka: 'sdk/1.43.5 os/javascript' }),
  ],
  [
    'library-token-info',
    async () => (await shop().in()).call('/v1/user/access_token_info'),
    async () => (await (await shop().in()).call('/v1/user/access_token_info')).me(),
  ],
  [
    'library-oidc',
    async () => (await shop().in()).call('/v1/oidc/userinfo'),
    async () => (await (await shop().in()).call('/v1/oidc/userinfo')).me(),
  ],
  [
    'late-call',
    async () => {
      const one = await shop().in();
      later(25);
      const { access_token = '' } = await one.renew();
      one.token = access_token;
      return one.me();
    },
    fine,
  ],
  [
    'cut-by-kakao',
    day(['alice']),
    async () => {
      const one = await (await shop().in()).me();
      await emulator.unlinkFromApps(APPS.page, 'alice');
      return {
        observations: [...(await one.har.observations()), ...(await callbackLog(emulator))],
      };
    },
  ],
  [
    'consent-again',
    async () => {
      const one = await shop().in();
      later(26);
      await emulator.runDailyJob();
      return one.in();
    },
    async () => {
      const one = await (await shop().in()).me();
      later(26);
      await emulator.runDailyJob();
      return one.in();
    },
  ],
  ['user-id-changed', relinked(APPS.floating), relinked(APPS.page)],
  ['connected-at-moved', relinked(APPS.page), relinked(APPS.page, false)],
  [
    'unlink-as-logout',
    async () => (await (await shop().in()).me()).call('/v1/user/unlink', 'POST'),
    async () => (await (await shop().in()).me()).call('/v1/user/logout', 'POST'),
  ],
  [
    'code-used-twice',
    async () => {
      const one = shop();
      const code = codeOf(await one.har.login(one.fields));
      await one.exchange(code);
      await one.exchange(code);
      return one;
    },
    fine,
  ],
  [
    'code-in-other-url',
    async () => {
      const one = shop();
      const code = codeOf(await one.har.login(one.fields));
      await one.har.open(`${PAGE}/home?code=${code}`, `${PAGE}/cb`);
      return one;
    },
    async () => {
      const one = await shop().in();
      await one.har.open(`${PAGE}/home?page=2`, `${PAGE}/cb`);
      return one;
    },
  ],
  [
    'signup-on-auto',
    async () => (await shop().in()).call('/v1/user/signup', 'POST'),
    async () => (await manual().in()).call('/v1/user/signup', 'POST'),
  ],
  [
    'server-silent',
    async () => {
      const one = shop(SERVER, APPS.server);
      await one.har.login(one.fields);
      return one;
    },
    fine,
  ],
  ['site-not-watched', live(false), live(true)],
  ['watched-after-login', live(false, { type: 'watch', watched: true }), live(false)],
  ['recording-paused', live(true, { type: 'pause', paused: true }), live(true)],
  ['no-call-yet', () => shop().in(), fine],
  ['oauth-error', authorized({ redirect_uri: `${PAGE}/elsewhere` }), fine],
  [
    'error-page-unknown',
    unseen(async () => {
      const one = shop(PAGE, APPS.off);
      await one.har.login(one.fields);
      return one;
    }),
    authorized({ redirect_uri: `${PAGE}/elsewhere` }),
  ],
  ['implicit-flow', authorized({ response_type: 'token' }), fine],
  [
    'refresh-refused',
    async () => {
      const one = await shop().in();
      later(26);
      await emulator.runDailyJob();
      await one.renew();
      return one;
    },
    async () => {
      const one = await (await shop().in()).me();
      await one.renew();
      return one;
    },
  ],
  [
    'link-mode-contradicted',
    async () => asTester(await (await manual().in()).me(), 'auto'),
    async () => asTester(await (await manual().in()).me(), 'manual'),
  ],
  [
    'scope-every-time',
    async () => {
      const one = await (await shop().in()).me();
      await one.in('alice', { scope: 'talk_message' });
      return one.in('alice', { scope: 'birthday' });
    },
    async () => {
      const one = await (await shop().in()).me();
      await one.in('alice', { scope: 'talk_message' });
      return one.in();
    },
  ],
  ['through-account-pasted', authorized({ through_account: 'true' }), fine],
  [
    'plain-http-redirect',
    async () => {
      const uri = 'http://page.shop.test/cb';
      emulator.apps.get(APPS.page)?.redirectUris.push(uri);
      return authorized({ redirect_uri: uri })();
    },
    fine,
  ],
  [
    'no-state',
    async () => {
      const one = shop();
      const query = new URLSearchParams({ ...one.fields, response_type: 'code' });
      await one.har.open(`https://kauth.kakao.com/oauth/authorize?${query}`);
      return one;
    },
    fine,
  ],
  [
    'silent-login-refused',
    authorized({ prompt: 'none' }),
    async () => (await (await shop().in()).me()).in('alice', { prompt: 'none' }),
  ],
  ['consent-cancelled', authorized({}, { consent: 'deny' }), fine],
  [
    'sdk-v1',
    authorized({ ka: 'sdk/1.43.5 os/javascript' }),
    authorized({ ka: 'sdk/2.6.0 os/javascript' }),
  ],
  [
    'admin-key-in-browser',
    async () => {
      const one = await shop().in();
      await one.har.call('/v2/user/me', `KakaoAK ${emulator.apps.get(APPS.page)?.adminKey}`);
      return one;
    },
    fine,
  ],
  [
    'client-secret-in-browser',
    async () => {
      const one = shop(SERVER, APPS.server);
      const secret = emulator.apps.get(APPS.server)?.clientSecret ?? '';
      await one.exchange(codeOf(await one.har.login(one.fields)), { client_secret: secret });
      return one;
    },
    fine,
  ],
  [
    'token-in-url',
    async () => {
      const one = await shop().in();
      await one.har.open(`${PAGE}/home?access_token=${one.token}`);
      return one;
    },
    fine,
  ],
  ['stopped-completing', sessions(false), sessions(true)],
  [
    'many-incomplete-callbacks',
    day(['alice', 'bob', 'carol', 'dave', 'erin']),
    day(['alice', 'bob', 'carol', 'dave']),
  ],
  [
    'bad-server-report',
    async () => {
      const one = shop();
      await one.har.open(`https://${MUMBLING}/`);
      return one;
    },
    async () => {
      const one = shop(SERVER, APPS.server);
      await one.har.open(`${SERVER}/login?report=1`);
      return one;
    },
  ],
];

/** Rules that the emulated Kakao cannot make speak, and why. */
const NO_FLOW: Record<string, string> = {
  'login-error':
    'it sends the browser back with no error word besides those that other rules tell of',
};

describe('each rule speaks of its flow in the emulated Kakao, and not of the one like it', () => {
  test.each(FLOWS)('%s', async (rule, fires, near) => {
    const found = (await guidance(fires)).map((f) => f.rule);
    expect(found).toContain(rule);
    expect((await guidance(near)).map((f) => f.rule)).not.toContain(rule);
  });

  test('no rule is left out', () => {
    const tried = [...FLOWS.map(([rule]) => rule), ...Object.keys(NO_FLOW)];
    expect(tried.sort()).toEqual(RULES.map((r) => r.id).sort());
  });

  test('a login that does everything right gives nothing to say', async () => {
    expect((await guidance(fine)).map((f) => f.rule)).toEqual([]);
  });
});
