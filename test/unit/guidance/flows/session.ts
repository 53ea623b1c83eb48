import type { Observation } from '../../../../utils/model/observation.ts';
import { afterDailyJob } from './link.ts';
import { emulator, advanceHours, shop, type Flow, type RuleFlow } from './shops.ts';

/** Two first logins in each of two sessions; `still` tells whether those of the second are completed too. */
const sessions =
  (still: boolean): Flow =>
  async () => {
    const run = async (users: readonly string[], done: boolean) => {
      const startedAt = emulator.now();
      const all: Observation[] = [];
      for (const user of users) {
        const one = await shop().logIn(user);
        if (done) await one.callUserMe();
        all.push(...(await one.har.observations()).map((o) => ({ ...o, id: `${user}-${o.id}` })));
        advanceHours(1);
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

/** Flows of many logins. */
export const SESSION: RuleFlow[] = [
  ['stopped-completing', sessions(false), sessions(true)],
  [
    'many-incomplete-callbacks',
    afterDailyJob(['alice', 'bob', 'carol', 'dave', 'erin']),
    afterDailyJob(['alice', 'bob', 'carol', 'dave']),
  ],
];
