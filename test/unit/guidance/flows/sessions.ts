import type { Observation } from '../../../../utils/model/observation.ts';
import { emulator, later, shop, type Flow, type RuleFlow } from './shops.ts';
import { day } from './links.ts';

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

/** Many logins together. */
export const SESSIONS: RuleFlow[] = [
  ['stopped-completing', sessions(false), sessions(true)],
  [
    'many-incomplete-callbacks',
    day(['alice', 'bob', 'carol', 'dave', 'erin']),
    day(['alice', 'bob', 'carol', 'dave']),
  ],
];
