import type { PanelPorts } from '../../components/devtools/panel-ports.ts';
import { runRules } from '../../utils/guidance/run-rules.ts';
import { HEALTHY } from '../../utils/model/health.ts';
import type { AnswerFact, ApiFact, Observation } from '../../utils/model/observation.ts';
import { replayObservations } from '../../utils/report/replay/replay-observations.ts';
import { NOW } from '../unit/components/popup-fixtures.ts';
import {
  api,
  exchange,
  firstLogin,
  HOUR,
  observe,
  repeatLogin,
  T0,
  token,
} from '../unit/fixtures.ts';
import { STORY_OBSERVATIONS } from './story.ts';

/** What the panel shows: what was seen of the tab, and what is done with the keyboard. */
export interface ToolsState {
  observations: readonly Observation[];
  /** Epoch ms; an hour after the first login where it is left out. */
  now?: number;
  /** Keys that are pressed in the list. */
  keys?: readonly string[];
  filter?: string;
  /** In pixels. */
  width?: number;
}

const SERVER = 'https://server.shop.test';

function call(
  at: number,
  path: string,
  status: number,
  told: Partial<ApiFact> = {},
): Observation[] {
  const { inFrame: _inFrame, ...request } = api(path, status, { sentAt: at - 80 });
  const answer: AnswerFact = {
    ...request,
    ...told,
    type: 'answer',
    of: 'api',
    error: null,
    sentAt: at - 80,
  };
  return [observe(api(path, status, { sentAt: at - 80 }), at), observe(answer, at + 5)];
}

const whole = { wholeBody: true, account: 'ab12cd34'.repeat(8) };

const first = [
  ...firstLogin(T0),
  exchange(T0 + 3400),
  ...call(T0 + 4000, '/v1/user/access_token_info', 200),
  ...call(T0 + 5000, '/v1/api/talk/friends', 403, { code: -402, requiredScopes: ['friends'] }),
  ...call(T0 + 6000, '/v2/user/me', 200, { ...whole, connectedAt: T0 + 3000 }),
];
const repeat = [
  ...repeatLogin(T0 + 60_000),
  exchange(T0 + 60_400),
  ...call(T0 + 61_000, '/v2/user/me', 200, { ...whole, connectedAt: T0 + 3000 }),
];
const refused = [
  ...firstLogin(T0 + 90_000, { site: SERVER, fact: { clientId: 'a1f04e5d6c7b8a01' } }),
  observe(token(400), T0 + 93_500, { site: SERVER }),
  observe(token(200), T0 + 93_600, { site: SERVER, source: 'server' }),
  observe(api('/v2/user/me', 401, { code: -401 }), T0 + 94_000, { site: SERVER, source: 'server' }),
];
const open = [
  ...firstLogin(T0 + 120_000, { fact: { clientId: 'beef4e5d6c7b8a02' } }),
  exchange(T0 + 123_500),
  observe(api('/v1/user/access_token_info', 200), T0 + 124_500),
];
const every = [...first, ...repeat, ...refused, ...open];

/** Every state of the panel, by name. */
export const TOOLS_STATES: Readonly<Record<string, ToolsState>> = {
  'tools-every': { observations: every },
  'tools-call': { observations: [...first, ...repeat], keys: ['End', 'Enter'] },
  'tools-refused': { observations: first, keys: ['End', 'ArrowUp', 'Enter'] },
  'tools-login': { observations: every, keys: ['Home', 'Enter'] },
  'tools-filter': { observations: every, filter: '/v2/user/me 200' },
  'story-tools': { observations: STORY_OBSERVATIONS, now: NOW, keys: ['End', 'ArrowUp'] },
  'tools-empty': { observations: [] },
  'tools-narrow': { observations: every, keys: ['Home', 'ArrowDown', 'Enter'], width: 320 },
};

/** Ports over what a state has seen. */
export function toolsPorts(
  { observations, now = T0 + HOUR }: ToolsState,
  locale: string,
): PanelPorts {
  const replayed = replayObservations(observations);
  const rows = replayed.observations.map((o) => ({ ...o, session: 's' }));
  return {
    now: () => now,
    load: async () => ({ rows, sessions: [], loginState: replayed.loginState, health: HEALTHY }),
    tabName: async () => 'r:1',
    onChange: () => () => {},
    send: async () => ({ ok: true }),
    advise: async (logins, at) => runRules({ ...replayed, logins: new Set(logins) }, at),
    locale,
  };
}
