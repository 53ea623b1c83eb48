import { sortIntoSections } from '../../components/popup/sort-into-sections.ts';
import type { ReportPorts } from '../../components/report/report-ports.ts';
import { HEALTHY } from '../../utils/model/health.ts';
import type { Login } from '../../utils/model/login.ts';
import type { AnswerFact, ApiFact, Observation } from '../../utils/model/observation.ts';
import type { Session } from '../../utils/model/session.ts';
import { DEFAULT_SETTINGS } from '../../utils/model/settings.ts';
import { replayObservations } from '../../utils/report/replay/replay-observations.ts';
import type { Records } from '../../utils/store/read-records.ts';
import { dataOf, HOUR, NOW } from '../unit/components/popup-fixtures.ts';
import { api, firstLogin, observe, repeatLogin, token } from '../unit/fixtures.ts';

const SHOP = 'https://shop.test';
const SERVER = 'https://my.shop.test';
const APP = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const MANUAL = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
/** The tab whose developer tools are shown. */
const TAB = 'r:1';

interface Where {
  site?: string;
  tab?: string;
}

/** The tester names a login, given by its steps, half an hour after it. */
const named = (label: string, steps: readonly Observation[], hours: number): Observation =>
  observe({ type: 'label', login: steps.at(-1)?.id ?? '', label }, NOW - (hours - 0.5) * HOUR, {
    source: 'tester',
    tab: null,
    site: null,
  });

/** A first login `hours` before now, called by a name; with its token request where the browser makes it. */
function login(
  name: string,
  hours: number,
  { site = SHOP, tab = `r:${name}`, clientId = APP, byServer = false } = {},
): Observation[] {
  const at = NOW - hours * HOUR;
  const where = { site, tab };
  const fact = { clientId, redirectUri: `${site}/oauth/kakao` };
  const steps = firstLogin(at - 3000, { ...where, fact });
  return [
    ...steps,
    ...(byServer ? [] : [observe(token(), at + 800, where)]),
    named(name, steps, hours),
  ];
}

/** A call `hours` before now and what its answer said. */
function call(
  path: string,
  hours: number,
  { site = SHOP, tab = TAB }: Where,
  told: Partial<ApiFact> = {},
): Observation[] {
  const at = NOW - hours * HOUR;
  const sentAt = at - 80;
  const { inFrame: _inFrame, ...request } = api(path, told.status, { sentAt });
  const answer: AnswerFact = {
    ...request,
    ...told,
    type: 'answer',
    of: 'api',
    error: null,
    sentAt,
  };
  return [
    observe(api(path, told.status, { sentAt }), at, { site, tab }),
    observe(answer, at + 5, { site, tab }),
  ];
}

const watched = [SHOP, SERVER].map((site) =>
  observe({ type: 'watch', watched: true }, NOW - 72 * HOUR, { site }),
);
/** The same as the database tells it; replaying forgets it. */
const sites = Object.fromEntries(
  [SHOP, SERVER].map((site) => [site, { watched: true, since: NOW - 72 * HOUR }]),
);
const settings = [
  observe({ type: 'app', clientId: APP, linkMode: 'auto' }, NOW - 71 * HOUR),
  observe({ type: 'app', clientId: MANUAL, linkMode: 'manual' }, NOW - 71 * HOUR),
];
/** What the answers say of an account that came back. */
const hana = { wholeBody: true, account: 'ab12cd34'.repeat(8), connectedAt: NOW - 3 * HOUR };

const again = repeatLogin(NOW - 2 * HOUR, {
  site: SHOP,
  tab: TAB,
  fact: { clientId: APP, redirectUri: `${SHOP}/oauth/kakao` },
});

/** Two days of a QA engineer: an unseen login, a miss, one by manual linking, complete ones, and one that is pending. */
export const STORY_OBSERVATIONS: readonly Observation[] = [
  ...watched,
  ...settings,
  ...login('erin', 40, { site: SERVER, byServer: true }),
  ...login('bob', 27),
  ...call('/v1/user/access_token_info', 26.99, { tab: 'r:bob' }),
  ...login('dave', 15.8, { site: SERVER, byServer: true }),
  ...login('carol', 9.5, { site: 'https://m.shop.test', clientId: MANUAL }),
  ...call('/v2/user/me', 9.49, { site: 'https://m.shop.test', tab: 'r:carol' }),
  ...login('hana', 3, { tab: TAB }),
  ...call(
    '/v1/api/talk/friends',
    2.999,
    {},
    { status: 403, code: -402, requiredScopes: ['friends'] },
  ),
  ...call('/v2/user/me', 2.998, {}, hana),
  ...again,
  named('hana', again, 2),
  ...call('/v2/user/me', 1.999, {}, hana),
  ...login('alice', 1.3, { tab: TAB }),
  ...call('/v1/user/access_token_info', 1.299, {}),
].toSorted((a, b) => a.at - b.at);

const session: Session = {
  id: 'story',
  name: 'Checkout 2.4',
  startedAt: NOW - 72 * HOUR,
  endedAt: null,
  tester: 'Jiwoo',
  build: '2.4.0-rc.1',
  environment: 'staging',
  notes: '',
  held: true,
};

const { loginState, observations: placed } = replayObservations(STORY_OBSERVATIONS);
const records: Records = {
  rows: placed.map((row) => ({ ...row, session: session.id })),
  sessions: [session],
  loginState: { ...loginState, tracking: { ...loginState.tracking, sites } },
  health: HEALTHY,
};
const { open, attention, settled } = sortIntoSections(
  [...loginState.logins.values()],
  loginState.apps,
  NOW,
);
const logins = (judged: readonly { login: Login }[]) => judged.map((j) => j.login);

/** The story as the popup and the side panel read it. */
export const STORY_POPUP = dataOf({
  open: logins(open),
  attention: logins(attention),
  apps: loginState.apps,
  counts: { open: open.length, attention: attention.length, done: settled.length },
  site: { hasLogins: true, watchedSince: NOW - 72 * HOUR },
  watched: new Set(Object.keys(sites)),
});
export const STORY_DONE = logins(settled).toReversed();
export const STORY_SITE = SHOP;
/** The login that did not make it in time. */
export const STORY_MISS = logins(attention).find((l) => l.label === 'bob')?.id ?? '';

/** Ports of the report page, over the story; nothing is written or read from files. */
export const storyReport = (locale: string): ReportPorts => ({
  now: () => NOW,
  load: async () => records,
  loadNewest: async () => null,
  onChange: () => () => {},
  send: async () => ({ ok: true }),
  loadSettings: async () => DEFAULT_SETTINGS,
  askNotifications: async () => false,
  readFile: async () => ({ error: null }),
  fold: async () => null,
  hashUserId: async (id) => id,
  overview: async () => null,
  write: async () => null,
  save: () => {},
  copy: async () => {},
  copyRich: async () => {},
  memory: { read: () => null, write: () => {} },
  generator: { name: 'linkwatch', version: '0.1.0', browser: 'chrome' },
  locale,
});
