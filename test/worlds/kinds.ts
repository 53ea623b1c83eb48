import { EXPORTER_NAMES } from './exporters.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  type Action,
  type AppSetting,
  type Deed,
  type Fate,
  type History,
  type How,
  type ReportForm,
  type SiteSetting,
  type Style,
} from './history.ts';
import { LISTED } from './kakao.ts';
import { mixKinds } from './mix-kinds.ts';
import { random, type Random } from './random.ts';

export type Scene =
  | 'login'
  | 'calls'
  | 'double'
  | 'slow-exchange'
  | 'refresh'
  | 'logout'
  | 'switch'
  | 'unlink'
  | 'settings'
  | 'pause'
  | 'revoke'
  | 'restart'
  | 'lose'
  | 'clock'
  | 'other-login'
  | 'callbacks'
  | 'false-callback'
  | 'elsewhere';

/** What worlds of a kind are made of. Whatever is left out is as in the plainest world. */
export interface Kind {
  tabs?: string[];
  people?: string[];
  /** Scenes besides logins and calls, each as often as it is named. */
  scenes?: Scene[];
  styles?: Style[];
  forms?: ReportForm[];
  /** Several: `keys` of one app, `sites` of one app, `apps`. */
  keys?: number;
  sites?: number;
  apps?: number;
  manual?: number;
  medium?: 'live' | 'har';
  hows?: (undefined | How)[];
  prompts?: (undefined | 'login' | 'select_account' | 'create' | 'none')[];
  scopes?: (undefined | 'had' | 'new')[];
  fates?: (undefined | Fate)[];
  tokens?: (undefined | 'lost' | 'fails' | 'none' | 'later')[];
  callers?: (undefined | 'server' | 'worker')[];
  slow?: number;
  about?: number;
  /** Files end this many ms after the start, at the earliest and at the latest. */
  recorded?: [number, number];
  /** Recordings begin up to this many ms after the start, on sites whose tabs share their tokens. */
  late?: number;
  modesKnown?: number;
  proxy?: 'devices' | 'back-end';
  /** Files are written by what writes less than a browser. */
  exported?: true;
  /** Each file lacks one request. */
  lossy?: true;
  /** Tokens serve for six hours only. */
  expires?: true;
  /** Chance that the tester's people are linked already. */
  linked?: number;
}

const two: Scene[] = ['login', 'calls'];

/** All kinds of worlds by name, from the ordinary to the wild. */
export const KINDS: Record<string, Kind> = {
  plain: {},
  'plain-files': { medium: 'har' },
  accounts: {
    scenes: ['switch', 'switch'],
    prompts: [undefined, undefined, 'login', 'select_account', 'create', 'none'],
  },
  scopes: { scopes: [undefined, 'had', 'new'], scenes: ['unlink', 'settings'] },
  'double-consent': { tabs: ['t1', 't2'], scenes: ['double', 'double', 'double'] },
  'double-consent-files': { tabs: ['t1', 't2'], scenes: ['double', 'double'], medium: 'har' },
  'slow-exchange': {
    tabs: ['t1', 't2'],
    scenes: ['slow-exchange', 'slow-exchange', 'slow-exchange', 'unlink'],
    tokens: [undefined, 'later', 'later'],
  },
  'slow-exchange-files': {
    tabs: ['t1', 't2'],
    scenes: ['slow-exchange', 'slow-exchange', 'slow-exchange'],
    tokens: [undefined, 'later', 'later'],
    medium: 'har',
  },
  refreshes: {
    tabs: ['t1', 't2'],
    styles: ['page', 'page', 'report'],
    scenes: ['refresh', 'refresh', 'refresh', 'logout', 'switch', 'double'],
    expires: true,
  },
  'refreshes-files': {
    tabs: ['t1', 't2'],
    scenes: ['refresh', 'refresh', 'refresh', 'logout', 'switch', 'double'],
    expires: true,
    medium: 'har',
  },
  'private-windows': { tabs: ['t1', 'p1', 'c1'], people: ['alice', 'alice', 'bob'] },
  'several-keys': { keys: 2, sites: 2, tabs: ['t1', 't2'] },
  'several-sites': { sites: 3, apps: 2, tabs: ['t1', 't2'] },
  'keys-apart': { keys: 2, sites: 4, tabs: ['t1', 't2'] },
  'two-apps': { apps: 2, sites: 4, tabs: ['t1', 't2'], scenes: ['unlink', 'switch'] },
  popups: { hows: [undefined, 'poll', 'message', 'easy'], tabs: ['t1', 't2'] },
  'kept-codes': { hows: [undefined, 'kept', 'kept'], sites: 2, tabs: ['t1', 't2'] },
  'other-providers': {
    hows: [undefined, 'poll', 'kept', 'easy'],
    tabs: ['t1', 't2'],
    scenes: ['other-login', 'other-login'],
  },
  'server-side': { styles: ['server'] },
  'server-reported': { styles: ['report'], sites: 2 },
  'badly-reported': {
    styles: ['report'],
    forms: ['query', 'address', 'lower-case', 'past-fiftieth'],
  },
  'manual-link': {
    manual: 1,
    callers: [undefined, undefined, undefined, 'server'],
    styles: ['page', 'page', 'report'],
    prompts: [undefined, undefined, 'login'],
  },
  unlink: { scenes: ['unlink', 'unlink', 'settings'], tabs: ['t1', 't2'] },
  'lost-answers': {
    fates: [undefined, 'lost', 'fails', 'no-scope'],
    tokens: [undefined, 'lost', 'fails', 'none'],
    manual: 0.3,
  },
  'odd-calls': {
    fates: [undefined, undefined, 'cached'],
    callers: [undefined, 'worker'],
    tabs: ['t1', 't2', 'p1'],
    slow: 0.2,
    about: 0.2,
  },
  'odd-calls-files': { fates: [undefined, 'cached'], about: 0.2, medium: 'har' },
  gaps: { scenes: ['pause', 'revoke', 'restart', 'lose', 'lose'], tabs: ['t1', 't2'] },
  clocks: { scenes: ['clock', 'clock'] },
  'short-recordings': { medium: 'har', recorded: [3 * SECOND, 12 * HOUR] },
  'short-reports': { recorded: [3 * SECOND, 12 * HOUR] },
  'late-starts': {
    late: 30 * HOUR,
    tabs: ['t1', 't2'],
    scenes: ['double', 'switch', 'unlink', 'settings'],
    prompts: [undefined, undefined, 'login'],
  },
  'late-starts-files': { late: 2 * HOUR, tabs: ['t1', 't2'], scenes: ['switch'], medium: 'har' },
  'proxy-recordings': { medium: 'har', tabs: ['t1', 'p1'], proxy: 'devices' },
  'back-end-recordings': { medium: 'har', styles: ['server'], proxy: 'back-end' },
  'exported-files': {
    medium: 'har',
    exported: true,
    tabs: ['t1', 't2'],
    scenes: ['switch', 'unlink', 'double'],
    prompts: [undefined, undefined, 'login'],
    callers: [undefined, undefined, undefined, 'server'],
    manual: 0.2,
  },
  'lossy-files': {
    medium: 'har',
    lossy: true,
    tabs: ['t1', 't2'],
    scenes: ['double', 'switch', 'unlink'],
    prompts: [undefined, undefined, 'login'],
  },
  'token-handed': { medium: 'har', callers: [undefined, 'server'] },
  callbacks: { scenes: ['callbacks', 'callbacks', 'false-callback', 'settings'] },
  elsewhere: { scenes: ['elsewhere', 'settings'] },
  everything: {
    tabs: ['t1', 't2', 'p1', 'c1'],
    keys: 2,
    sites: 4,
    apps: 2,
    manual: 0.3,
    styles: ['page', 'page', 'report', 'server'],
    forms: ['good', 'good', 'query', 'address', 'lower-case', 'past-fiftieth'],
    hows: [undefined, undefined, undefined, 'poll', 'message', 'easy'],
    prompts: [undefined, undefined, undefined, 'login', 'select_account', 'none'],
    scopes: [undefined, undefined, 'had', 'new'],
    fates: [undefined, undefined, undefined, 'lost', 'fails', 'cached', 'no-scope'],
    tokens: [undefined, undefined, undefined, 'lost', 'fails'],
    callers: [undefined, undefined, 'worker'],
    slow: 0.1,
    about: 0.05,
    scenes: [
      'double',
      'switch',
      'unlink',
      'settings',
      'pause',
      'revoke',
      'restart',
      'lose',
      'clock',
      'other-login',
      'callbacks',
      'false-callback',
    ],
  },
};

/** Whatever two kinds have, as far as they go together, by names such as `gaps+clocks`; not of `everything`. */
export const MIXED_KINDS: Record<string, Kind> = Object.fromEntries(
  Object.entries(KINDS).flatMap(([name, kind], i, all) =>
    all.slice(i + 1).flatMap(([otherName, other]) => {
      if (otherName === 'everything') return [];
      const mixed = mixKinds(kind, other);
      return mixed ? [[`${name}+${otherName}`, mixed]] : [];
    }),
  ),
);

const CALLS = [
  '/v2/user/me',
  '/v2/user/me',
  '/v2/user/me',
  ...LISTED.slice(1, 6),
  '/v1/user/access_token_info',
  '/v1/oidc/userinfo',
  '/v2/api/talk/channels',
];
const GAPS = [
  5 * SECOND,
  MINUTE,
  20 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  20 * HOUR,
  26 * HOUR,
  50 * HOUR,
  80 * HOUR,
];

/** How fast steps follow each other, if not by the minute: as a person takes them, a script, and a person who is interrupted. */
const PACES = [1, 1, 1, 0.03, 8];

/** Few worlds have more requests. */
const MOST_REQUESTS = 40;

/** Makes the history of a kind that a seed stands for. */
export function makeHistory(kindName: string, seed: number): History {
  const kind = KINDS[kindName] ?? MIXED_KINDS[kindName];
  if (!kind) throw new Error(`no kind ${kindName}`);
  const rng = random([...kindName].reduce((sum, c) => Math.imul(sum, 31) + c.charCodeAt(0), seed));
  const apps = makeApps(kind, rng);
  const sites = makeSites(kind, apps, rng);
  const people = kind.people ?? ['alice', 'alice', 'bob'];
  const [from, to] = kind.recorded ?? [0, 0];
  const setting: History['setting'] = {
    kind: kindName,
    seed,
    apps,
    sites,
    links: [],
    modesKnown: rng.chance(kind.modesKnown ?? 0.7),
    bodies: rng.chance(kind.medium === 'har' ? 0.7 : 0.3),
    browser: rng.pick(['chrome', 'firefox'] as const),
    medium: kind.medium ?? 'live',
    privateSeen: rng.chance(0.8),
    ...(random(seed ^ 0x2c1b3c6d).chance(0.5) ? { linkedByToken: true as const } : {}),
    ...(random(seed ^ 0x7f4a7c15).chance(0.25) ? { oidc: true as const } : {}),
    ...(kind.expires ? { tokensExpire: true as const } : {}),
    jobHour: rng.int(0, 23),
    proxy: kind.proxy ?? null,
    ...(kind.exported ? { exporter: rng.pick(EXPORTER_NAMES) } : {}),
    recordedFor: kind.recorded
      ? rng.chance(0.5)
        ? from + rng.int(0, 10 * MINUTE)
        : rng.int(from, to)
      : null,
    ...(kind.late
      ? { recordedFrom: rng.chance(0.5) ? rng.int(0, 10 * SECOND) : rng.int(0, kind.late) }
      : {}),
    ...(kind.lossy ? { lacks: rng.int(0, MOST_REQUESTS) } : {}),
    judgedAfter: rng.pick([MINUTE, HOUR, 25 * HOUR, 30 * HOUR, 49 * HOUR, 75 * HOUR]),
  };
  for (const who of new Set(people))
    for (const app of apps)
      if (rng.chance(kind.linked ?? 0.15)) {
        const done = rng.chance(0.8);
        setting.links.push({
          who,
          app: app.name,
          hoursOld: done ? rng.int(2, 2000) : rng.int(1, 20),
          done,
        });
      }
  return { setting, actions: new Writer(kind, rng, setting, people).write() };
}

function makeApps(kind: Kind, rng: Random): AppSetting[] {
  return ['A', 'B'].slice(0, kind.apps ?? 1).map((name, i) => ({
    name,
    appId: String(1001 + i),
    keys: [`${name.toLowerCase()}-rest-key`, `${name.toLowerCase()}-js-key`].slice(
      0,
      kind.keys ?? 1,
    ),
    mode: rng.chance(kind.manual ?? 0) ? ('manual' as const) : ('auto' as const),
    lateSaves: rng.chance(0.5),
    fixedIds: rng.chance(0.8),
  }));
}

const ORIGINS = [
  'https://www.shop.test',
  'https://shop.test',
  'https://play.test',
  'https://m.shop.test',
];

function makeSites(kind: Kind, apps: AppSetting[], rng: Random): SiteSetting[] {
  // What a tab kept from before the recording is not known, nor what one keeps where neither tabs nor tokens are recorded.
  const areTabsRecorded = !kind.late && !(kind.exported && kind.proxy);
  return ORIGINS.slice(0, kind.sites ?? 1).map((origin, i) => {
    const app = rng.pick(apps);
    return {
      name: `s${i + 1}`,
      origin,
      app: app.name,
      key: rng.int(0, app.keys.length - 1),
      style: rng.pick(kind.styles ?? (['page'] as const)),
      shared: rng.chance(areTabsRecorded ? 0.6 : 1),
      apiOrigin: rng.chance(0.7) ? origin : 'https://api.shop.test',
      form: rng.pick(kind.forms ?? (['good'] as const)),
    };
  });
}

/** Writes the actions of one world. */
class Writer {
  private readonly actions: Action[] = [];
  private readonly kind: Kind;
  private readonly rng: Random;
  private readonly setting: History['setting'];
  private readonly people: string[];

  constructor(kind: Kind, rng: Random, setting: History['setting'], people: string[]) {
    this.kind = kind;
    this.rng = rng;
    this.setting = setting;
    this.people = people;
  }

  write(): Action[] {
    const { rng } = this;
    const scenes: Scene[] = [...two, ...two, ...two, ...(this.kind.scenes ?? [])];
    this.scene('login', 0);
    const count = rng.int(1, 7);
    for (let i = 0; i < count; i += 1)
      this.scene(rng.pick(scenes), rng.pick(GAPS) + rng.int(0, MINUTE));
    const pace = random(this.setting.seed ^ 0x1b873593).pick(PACES);
    return this.actions.map((action) => ({
      ...action,
      after: action.after < MINUTE ? Math.ceil(action.after * pace) : action.after,
    }));
  }

  private add(after: number, deed: Deed): void {
    this.actions.push({ after, ...deed });
  }

  private readonly tab = () => this.rng.pick(this.kind.tabs ?? ['t1']);
  private readonly who = () => this.rng.pick(this.people);
  private readonly site = () => this.rng.pick(this.setting.sites).name;
  private readonly app = () => this.rng.pick(this.setting.apps);

  private scene(scene: Scene, after: number): void {
    const { rng } = this;
    switch (scene) {
      case 'login':
        return this.login(this.tab(), after);
      case 'calls':
        return this.calls(this.tab(), after);
      case 'double':
        return this.double(after);
      case 'refresh': {
        const tab = this.tab();
        this.add(after, { do: 'refresh', tab });
        return rng.chance(0.6) ? this.calls(tab, rng.int(1, 20) * SECOND) : undefined;
      }
      case 'logout': {
        const tab = this.tab();
        this.add(after, { do: 'logout', tab, of: rng.pick(['token', 'session']) });
        return rng.chance(0.6) ? this.login(tab, rng.int(1, 20) * SECOND) : undefined;
      }
      case 'slow-exchange':
        return this.slowExchange(after);
      case 'switch': {
        const tab = this.tab();
        this.start(tab, after);
        this.add(rng.int(1, 5) * SECOND, { do: 'switch', tab, who: this.who() });
        this.answer(tab);
        return this.calls(tab, rng.int(1, 20) * SECOND);
      }
      case 'unlink': {
        const tab = this.tab();
        this.add(after, {
          do: 'call',
          tab,
          path: '/v1/user/unlink',
          method: 'POST',
          ...(rng.chance(0.1) ? { fate: 'fails' as const } : {}),
        });
        if (rng.chance(0.5)) this.login(tab, rng.int(5, 600) * SECOND);
        return;
      }
      case 'settings':
        return this.add(after, { do: 'unlink-in-settings', who: this.who(), app: this.app().name });
      case 'elsewhere':
        return this.add(after, {
          do: 'link-elsewhere',
          who: this.who(),
          app: this.app().name,
          done: rng.chance(0.6),
        });
      case 'pause':
      case 'revoke': {
        const off: Deed = scene === 'pause' ? { do: 'pause' } : { do: 'revoke', site: this.site() };
        this.add(after, off);
        if (rng.chance(0.5)) this.login(this.tab(), rng.int(5, 300) * SECOND);
        if (rng.chance(0.8))
          this.add(
            rng.int(5, 7200) * SECOND,
            off.do === 'pause'
              ? { do: 'resume' }
              : { do: 'grant', site: off.do === 'revoke' ? off.site : '' },
          );
        return;
      }
      case 'other-login': {
        const tab = this.tab();
        this.start(tab, after);
        this.add(rng.int(1, 90) * SECOND, { do: 'other-login', tab, site: this.site() });
        return this.calls(tab, rng.int(1, 20) * SECOND);
      }
      case 'restart':
        return this.add(after, { do: 'restart' });
      case 'lose':
        this.add(after, { do: 'lose', count: 1 });
        return rng.chance(0.7) ? this.login(this.tab(), SECOND) : undefined;
      case 'clock':
        return this.add(after, {
          do: 'clock',
          by: rng.pick([
            2 * MINUTE,
            2 * MINUTE,
            3 * MINUTE,
            -2 * MINUTE,
            HOUR,
            -HOUR,
            30 * HOUR,
            -30 * HOUR,
          ]),
        });
      case 'callbacks':
        return this.add(after + DAY, { do: 'import-callbacks', timeKnown: rng.chance(0.6) });
      case 'false-callback': {
        const app = this.app();
        return this.add(after, {
          do: 'false-callback',
          who: this.who(),
          app: app.name,
          appId: rng.chance(0.5) ? app.appId : '9999',
          timeKnown: rng.chance(0.6),
        });
      }
    }
  }

  private start(tab: string, after: number): void {
    const { rng, kind } = this;
    const chosen = <T>(name: string, values: (T | undefined)[] | undefined) => {
      const value = values && rng.pick<T | undefined | null>(values.map((v) => v ?? null));
      return value ? { [name]: value } : {};
    };
    this.add(after, {
      do: 'login',
      tab,
      site: this.site(),
      ...chosen('how', kind.hows),
      ...(kind.keys && rng.chance(0.3) ? { key: rng.int(0, kind.keys - 1) } : {}),
      ...chosen('prompt', kind.prompts),
      ...chosen('scope', kind.scopes),
      ...chosen('token', kind.tokens),
    });
    this.add(rng.int(1, 9) * SECOND, {
      do: 'sign-in',
      tab,
      who: this.who(),
      ...(rng.chance(0.3) ? { stay: true as const } : {}),
    });
  }

  private answer(tab: string): void {
    const { rng } = this;
    const isCancelled = rng.chance(0.12);
    this.add(rng.int(1, 9) * SECOND, { do: isCancelled ? 'cancel' : 'agree', tab });
    if (isCancelled && rng.chance(0.3)) this.add(rng.int(1, 40) * SECOND, { do: 'agree', tab });
  }

  private login(tab: string, after: number): void {
    this.start(tab, after);
    this.answer(tab);
    this.exchange(tab);
    if (this.rng.chance(0.6)) this.calls(tab, this.rng.int(1, 20) * SECOND);
  }

  /** Where pages keep their codes for a while, they exchange them in the end, or nobody does. */
  private exchange(tab: string): void {
    const { rng, kind } = this;
    if (kind.tokens?.includes('later') && rng.chance(0.9))
      this.add(rng.int(1, 20) * SECOND, { do: 'exchange', tab });
  }

  /** Two tabs log in while their codes, or one of them, are not exchanged yet. */
  private slowExchange(after: number): void {
    const { rng } = this;
    const [a, b] = rng.chance(0.5) ? ['t1', 't2'] : ['t2', 't1'];
    const isBegunBefore = rng.chance(0.5);
    this.start(a, after);
    if (isBegunBefore) this.start(b, rng.int(1, 9) * SECOND);
    this.answer(a);
    if (!isBegunBefore) this.start(b, rng.int(1, 9) * SECOND);
    if (rng.chance(0.3)) this.exchange(a);
    this.answer(b);
    const inTurn = rng.chance(0.5) ? [a, b] : [b, a];
    for (const tab of inTurn) {
      this.exchange(tab);
      if (rng.chance(0.5)) this.calls(rng.pick([a, b]), SECOND);
    }
  }

  private double(after: number): void {
    const { rng } = this;
    const [a, b] = rng.chance(0.5) ? ['t1', 't2'] : ['t2', 't1'];
    this.start(a, after);
    this.start(b, rng.int(1, 20) * SECOND);
    if (rng.chance(0.3)) this.calls(a, SECOND);
    this.answer(a);
    if (rng.chance(0.5)) this.calls(a, SECOND);
    if (rng.chance(0.2))
      this.add(rng.int(1, 60) * MINUTE, {
        do: 'call',
        tab: a,
        path: '/v1/user/unlink',
        method: 'POST',
      });
    this.answer(b);
    if (rng.chance(0.5)) this.calls(rng.pick([a, b]), SECOND);
  }

  private calls(tab: string, after: number): void {
    const { rng, kind, setting } = this;
    const count = rng.int(1, 2);
    const manual = setting.apps.some((a) => a.mode === 'manual');
    for (let i = 0; i < count; i += 1) {
      const path = rng.chance(manual ? 0.4 : 0.03) ? '/v1/user/signup' : rng.pick(CALLS);
      const fate = kind.fates && rng.pick(kind.fates.map((f) => f ?? null));
      const by = kind.callers && rng.pick(kind.callers.map((c) => c ?? null));
      this.add(i ? rng.int(1, 30) * SECOND : after, {
        do: 'call',
        tab,
        path,
        ...(path === '/v1/user/signup' ? { method: 'POST' as const } : {}),
        ...(fate ? { fate } : {}),
        ...(by ? { by } : {}),
        ...(rng.chance(kind.slow ?? 0) ? { slow: rng.int(2, 60) * SECOND } : {}),
        ...(path === '/v2/user/me' && rng.chance(kind.about ?? 0) ? { about: this.who() } : {}),
      });
    }
  }
}
