/**
 * What one more observation costs the judgement by the number of logins that are there, all in one run, the sizes in turn.
 * `node test/bench/judgement-cost.ts [LOGINS…]`
 */
import type { Observation } from '../../utils/model/observation.ts';
import { reduce, replay } from '../../utils/verdict/reduce.ts';
import { spread } from './spread.ts';

const SIZES = [100, 1000, 10_000, 100_000];
const ROUNDS = 200;
const BUDGET = 1.5;
const START = Date.UTC(2026, 7, 1);
const SITE = 'https://page.shop.test';

/** What is seen of the n-th login: ten minutes after the one before it, of an account of its own, completed. */
function loginSteps(n: number): Observation[] {
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
  }));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { size, state, login, call } of states)
      for (const observation of loginSteps(size + round)) {
        const from = performance.now();
        reduce(state, observation);
        const took = (performance.now() - from) * 1000;
        if (observation.type === 'api') call.push(took);
        if (observation.type === 'authorize' && observation.outcome === 'code') login.push(took);
      }
  const say = (times: readonly number[]) => {
    const { median, low, high } = spread(times);
    return `${median.toFixed(0)} µs (${low.toFixed(0)}–${high.toFixed(0)})`.padEnd(20);
  };
  console.log(`\none more observation, median (middle half, n ${ROUNDS})`);
  console.log('  logins  new login            counted call         times  budget');
  const least = spread(states[0]?.call ?? []).median;
  for (const { size, login, call } of states) {
    const times = spread(call).median / least;
    console.log(
      `  ${String(size).padStart(6)}  ${say(login)} ${say(call)} ${times.toFixed(1).padStart(5)}  ${times <= BUDGET ? 'met' : 'not met'} (${BUDGET})`,
    );
  }
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  benchJudgement(sizes.length ? sizes : SIZES);
}
