import { inWords, type History } from './history.ts';
import { judgeWorld, mistakeInWords, type Mistake, type Outcome } from './judge-world.ts';
import { makeHistory } from './kinds.ts';
import { shrink } from './shrink.ts';

/** How all worlds of a kind came out together. */
export interface Tally {
  kind: string;
  worlds: number;
  logins: number;
  certain: number;
  doubtful: number;
  open: { logins: number; doubtful: number };
  vanished: number;
  wrong: number;
  undecidable: number;
  /** The first worlds in which the judge was surely wrong. */
  failures: History[];
  /** How often each mistake was made, by what was said and why. */
  reasons: Map<string, number>;
}

const MOST_FAILURES = 40;

const reasonOf = ({ wrong, verdict, why }: Mistake): string =>
  `${wrong === 'kind' ? 'kind' : verdict.verdict}: ${why}`;

/** Plays and judges worlds of a kind; the n-th has the seed `seed + n`. */
export async function runKind(kind: string, worlds: number, seed: number): Promise<Tally> {
  const tally: Tally = {
    kind,
    worlds,
    logins: 0,
    certain: 0,
    doubtful: 0,
    open: { logins: 0, doubtful: 0 },
    vanished: 0,
    wrong: 0,
    undecidable: 0,
    failures: [],
    reasons: new Map(),
  };
  for (let i = 0; i < worlds; i += 1) {
    const history = makeHistory(kind, seed + i);
    const judged = judgeWorld(history);
    // eslint-disable-next-line no-await-in-loop
    const outcome: Outcome = judged instanceof Promise ? await judged : judged;
    tally.logins += outcome.logins;
    tally.certain += outcome.certain;
    tally.doubtful += outcome.doubtful;
    tally.open.logins += outcome.open.logins;
    tally.open.doubtful += outcome.open.doubtful;
    tally.vanished += outcome.vanished;
    tally.wrong += outcome.wrong;
    tally.undecidable += outcome.undecidable;
    if (outcome.wrong && tally.failures.length < MOST_FAILURES) tally.failures.push(history);
    for (const reason of new Set(outcome.mistakes.filter((m) => !m.undecidable).map(reasonOf)))
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
  }
  return tally;
}

/** A failing world made small, with what is wrong in it, as text. */
export async function explain(
  history: History,
): Promise<{ text: string; actions: number; reason: string; history: History }> {
  const first = (await judgeWorld(history)).mistakes.find((m) => !m.undecidable);
  const reason = first ? reasonOf(first) : '';
  const small = await shrink(history, async (h) =>
    (await judgeWorld(h)).mistakes.some((m) => !m.undecidable && reasonOf(m) === reason),
  );
  const mistakes = (await judgeWorld(small)).mistakes.filter((m) => !m.undecidable);
  const text = [
    inWords(small),
    ...mistakes.slice(0, 3).map((m) => `  => ${mistakeInWords(m)}`),
  ].join('\n');
  return { text, actions: small.actions.length, reason, history: small };
}
