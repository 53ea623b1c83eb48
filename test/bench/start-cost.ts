/**
 * What the first login costs a worker that has just started, by the number of logins stored: where its time goes.
 * A copy stands for reading the rows, as the browser unpacks them by the same algorithm. CPU time, since others may run.
 * `node test/bench/start-cost.ts [LOGINS…]`
 */
import { toStoredLogin } from '../../utils/store/login-state-store.ts';
import { summarizeLogins } from '../../utils/verdict/decide/summarize-logins.ts';
import { reduce, replay } from '../../utils/verdict/reduce.ts';
import { loginsOfSite } from '../../utils/verdict/state/login-index.ts';
import { createLoginState, type LoginState } from '../../utils/verdict/state/login-state.ts';
import { loginSteps } from './judgement-cost.ts';
import { spread } from './spread.ts';

const SIZES = [100, 1000, 10_000];
const ROUNDS = 5;
const PARTS = ['read', 'index', 'judge', 'sum up'] as const;
type Part = (typeof PARTS)[number];

/** CPU time of some work, in ms. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Brings stored logins into memory and judges one more, as a worker does that has just started; ms for each part. */
function start(stored: LoginState, size: number): Record<Part, number> {
  const rows = [...stored.logins.values()].map((login) => toStoredLogin(stored, login));
  const loginState: LoginState = {
    ...createLoginState(),
    apps: new Map(stored.apps),
    tracking: structuredClone(stored.tracking),
  };
  const steps = loginSteps(size);
  return {
    read: cpuOf(() => {
      for (const { index: _by, ...login } of structuredClone(rows))
        loginState.logins.set(login.id, login);
    }),
    index: cpuOf(() => loginsOfSite(loginState, '')),
    judge: cpuOf(() => {
      for (const step of steps) reduce(loginState, step);
    }),
    'sum up': cpuOf(() => summarizeLogins(loginState, steps[0]?.at ?? 0)),
  };
}

/** Prints a table: a line for each number of logins. */
export function benchStart(sizes: readonly number[] = SIZES): void {
  console.log(
    `\nfirst login of a worker that has just started, ms of CPU time, median of ${ROUNDS}`,
  );
  console.log(`  logins  ${PARTS.map((part) => part.padStart(8)).join(' ')}`);
  for (const size of sizes) {
    const stored = replay(Array.from({ length: size }, (_, n) => loginSteps(n)).flat());
    const rounds = Array.from({ length: ROUNDS }, () => start(stored, size));
    const medians = PARTS.map((part) => spread(rounds.map((round) => round[part])).median);
    console.log(
      `  ${String(size).padStart(6)}  ${medians.map((ms) => ms.toFixed(1).padStart(8)).join(' ')}`,
    );
  }
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  benchStart(sizes.length ? sizes : SIZES);
}
