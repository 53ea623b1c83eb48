import type { Action, History } from './history.ts';

/** Simpler versions of an action: without one of what it need not say, or sooner. */
function simpler(action: Action): Action[] {
  const optional = [
    'how',
    'key',
    'prompt',
    'scope',
    'token',
    'stay',
    'fate',
    'slow',
    'by',
    'about',
  ];
  const versions: Action[] = [];
  for (const name of optional)
    if (name in action && !(name === 'by' && action.do === 'clock')) {
      const copy: Record<string, unknown> = { ...action };
      delete copy[name];
      versions.push(copy as Action);
    }
  for (const after of [1000, 60_000, 3_600_000, 93_600_000, 180_000_000])
    if (action.after > after) versions.push({ ...action, after });
  return versions;
}

/** Smaller histories than one, the boldest first. */
function* smaller(history: History): Generator<History> {
  const { setting, actions } = history;
  for (let size = Math.floor(actions.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from + size <= actions.length; from += size) {
      const rest = [...actions.slice(0, from), ...actions.slice(from + size)];
      yield { setting, actions: rest };
      // What follows stays where it was in time.
      const gone = actions.slice(from, from + size).reduce((sum, a) => sum + a.after, 0);
      const next = rest[from];
      if (next) {
        rest[from] = { ...next, after: next.after + gone };
        yield { setting, actions: rest };
      }
    }
  for (const [i] of setting.links.entries())
    yield { setting: { ...setting, links: setting.links.filter((_, j) => j !== i) }, actions };
  if (setting.bodies) yield { setting: { ...setting, bodies: false }, actions };
  if (!setting.modesKnown) yield { setting: { ...setting, modesKnown: true }, actions };
  for (const [i, action] of actions.entries())
    for (const version of simpler(action))
      yield { setting, actions: actions.map((a, j) => (j === i ? version : a)) };
}

const MOST_TRIES = 600;

/** The smallest history found that still fails, by leaving out and simplifying. */
export async function shrink(
  history: History,
  fails: (history: History) => boolean | Promise<boolean>,
): Promise<History> {
  let best = history;
  let tries = 0;
  for (let again = true; again && tries < MOST_TRIES;) {
    again = false;
    for (const candidate of smaller(best)) {
      tries += 1;
      if (tries > MOST_TRIES) break;
      // eslint-disable-next-line no-await-in-loop
      if (await fails(candidate)) {
        best = candidate;
        again = true;
        break;
      }
    }
  }
  return best;
}
