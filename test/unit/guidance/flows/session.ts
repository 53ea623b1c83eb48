import type { Observation } from '../../../../utils/model/observation.ts';
import { afterDailyJob } from './link.ts';
import { emulator, advanceHours, shop, type Flow, type RuleFlow } from './shops.ts';

/** Two completed first logins in a session, and two in the next one. */
const sessions =
  ({ nextCompleted }: { nextCompleted: boolean }): Flow =>
  async () => {
    const run = async (users: readonly string[], { completed }: { completed: boolean }) => {
      const startedAt = emulator.now();
      const all: Observation[] = [];
      for (const user of users) {
        const one = await shop().logIn(user);
        if (completed) await one.callUserMe();
        all.push(...(await one.har.observations()).map((o) => ({ ...o, id: `${user}-${o.id}` })));
        advanceHours(1);
      }
      return { startedAt, all };
    };
    const before = await run(['alice', 'bob'], { completed: true });
    const now = await run(['carol', 'dave'], { completed: nextCompleted });
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

/** Flows of many logins. */
export const SESSION: RuleFlow[] = [
  ['stopped-completing', sessions({ nextCompleted: false }), sessions({ nextCompleted: true })],
  [
    'many-incomplete-callbacks',
    afterDailyJob(['alice', 'bob', 'carol', 'dave', 'erin']),
    afterDailyJob(['alice', 'bob', 'carol', 'dave']),
  ],
];
