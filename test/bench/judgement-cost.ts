/**
 * What one more observation costs the judgement by the number of logins that are there, all in one run, the sizes in turn.
 * `node test/bench/judgement-cost.ts [LOGINS…]`
 */
import type { Observation } from '../../utils/model/observation.ts';
import { summarizeLogins } from '../../utils/verdict/decide/summarize-logins.ts';
import { reduce, replay } from '../../utils/verdict/reduce.ts';
import { spread, verdictOn } from './spread.ts';

const SIZES = [100, 1000, 10_000, 100_000];
const ROUNDS = 200;
const BUDGET = 1.5;
const START = Date.UTC(2026, 7, 1);
const SITE = 'https://page.shop.test';

/** What is seen of the n-th login, of its authorization in the first three steps: ten minutes after the one before it, of an account of its own, completed. */
export function loginSteps(n: number): Observation[] {
  const at = START + n * 600_000;
  const common = { source: 'browser', cookieStore: 'default', tab: 't1', opener: null } as const;
  const page = {
    ...common,
    type: 'authorize' as const,
    clientId: 'app',
    redirectUri: `${SITE}/cb`,
    params: ['client_id', 'redirect_uri', 'response_type', 'state'],
    prompt: ['login'],
    sdk: null,
    error: null,
    watched: true,
  };
  const call = { code: null, hasSignedUp: null, connectedAt: null, account: null } as const;
  return [
    {
      ...page,
      id: `${n}a`,
      at,
      method: 'GET',
      status: 302,
      site: SITE,
      outcome: 'login-form',
      fromKakao: false,
    },
    {
      ...page,
      id: `${n}b`,
      at: at + 1000,
      method: 'GET',
      status: 200,
      site: null,
      outcome: 'screen',
      fromKakao: true,
    },
    {
      ...page,
      id: `${n}c`,
      at: at + 2000,
      method: 'POST',
      status: 302,
      site: null,
      outcome: 'code',
      fromKakao: true,
    },
    {
      ...common,
      id: `${n}d`,
      at: at + 2300,
      type: 'token',
      method: 'POST',
      status: 200,
      grant: null,
      clientId: null,
      redirectUri: null,
      error: null,
      account: null,
      site: SITE,
    },
    {
      ...common,
      ...call,
      id: `${n}e`,
      at: at + 3000,
      type: 'api',
      method: 'GET',
      path: '/v2/user/me',
      status: 200,
      wholeBody: false,
      cached: false,
      inFrame: false,
      requiredScopes: [],
      site: SITE,
    },
  ];
}

/** Prints a table: a line for each number of logins. */
export function benchJudgement(sizes: readonly number[] = SIZES): void {
  const states = sizes.map((size) => ({
    size,
    state: replay(Array.from({ length: size }, (_, n) => loginSteps(n)).flat()),
    login: [] as number[],
    call: [] as number[],
    summary: [] as number[],
  }));
  const timed = (work: () => void) => {
    const from = performance.now();
    work();
    return (performance.now() - from) * 1000;
  };
  for (const { size, state } of states) summarizeLogins(state, START + size * 600_000);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { size, state, login, call, summary } of states)
      for (const observation of loginSteps(size + round)) {
        const took = timed(() => reduce(state, observation));
        if (observation.type === 'authorize' && observation.outcome === 'code') login.push(took);
        if (observation.type !== 'api') continue;
        call.push(took);
        summary.push(timed(() => summarizeLogins(state, observation.at)));
      }
  const say = (times: readonly number[]) => {
    const { median, low, high } = spread(times);
    return `${median.toFixed(1)} µs (${low.toFixed(1)}–${high.toFixed(1)})`.padEnd(20);
  };
  console.log(`\none more observation, median (middle half, n ${ROUNDS})`);
  const columns = ['new login', 'counted call', "badge's numbers"].map((name) => name.padEnd(20));
  console.log(`  logins  ${columns.join(' ')} times  budget`);
  const [least] = states;
  for (const { size, login, call, summary } of states) {
    // The worse of what is done for every call: judging it, and showing what came of it.
    const times = Math.max(
      spread(call).median / spread(least?.call ?? []).median,
      spread(summary).median / spread(least?.summary ?? []).median,
    );
    console.log(
      `  ${String(size).padStart(6)}  ${[login, call, summary].map(say).join(' ')} ${times.toFixed(1).padStart(5)}  ${verdictOn(times, BUDGET)}`,
    );
  }
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  benchJudgement(sizes.length ? sizes : SIZES);
}
