import type { Observation } from '../../../../utils/model/observation.ts';
import { APPS } from '../../../emulator/index.ts';
import { callbackLog } from '../../emulator/recording.ts';
import { emulator, later, PAGE, shop, type Flow, type RuleFlow } from './shops.ts';

const relinked =
  (app: string, cut = true): Flow =>
  async () => {
    const one = await (await shop(PAGE, app).in()).me();
    later(1);
    if (cut) await emulator.unlinkFromApps(app, 'alice');
    await (await one.in()).me();
    return one;
  };

/** First logins of some people, left open, and what the daily job makes of them. */
export const day =
  (users: readonly string[]): Flow =>
  async () => {
    const all: Observation[] = [];
    for (const user of users) {
      const one = await shop().in(user, { scope: 'openid' });
      all.push(...(await one.har.observations()).map((o) => ({ ...o, id: `${user}-${o.id}` })));
    }
    later(26);
    await emulator.runDailyJob();
    return { observations: [...all, ...(await callbackLog(emulator))] };
  };

/** Links that are cut, made anew or asked for again. */
export const LINKS: RuleFlow[] = [
  [
    'cut-by-kakao',
    day(['alice']),
    async () => {
      const one = await (await shop().in()).me();
      await emulator.unlinkFromApps(APPS.page, 'alice');
      return {
        observations: [...(await one.har.observations()), ...(await callbackLog(emulator))],
      };
    },
  ],
  [
    'consent-again',
    async () => {
      const one = await shop().in();
      later(26);
      await emulator.runDailyJob();
      return one.in();
    },
    async () => {
      const one = await (await shop().in()).me();
      later(26);
      await emulator.runDailyJob();
      return one.in();
    },
  ],
  ['user-id-changed', relinked(APPS.floating), relinked(APPS.page)],
  ['connected-at-moved', relinked(APPS.page), relinked(APPS.page, false)],
  [
    'unlink-as-logout',
    async () => (await (await shop().in()).me()).call('/v1/user/unlink', 'POST'),
    async () => (await (await shop().in()).me()).call('/v1/user/logout', 'POST'),
  ],
  [
    'scope-every-time',
    async () => {
      const one = await (await shop().in()).me();
      await one.in('alice', { scope: 'talk_message' });
      return one.in('alice', { scope: 'birthday' });
    },
    async () => {
      const one = await (await shop().in()).me();
      await one.in('alice', { scope: 'talk_message' });
      return one.in();
    },
  ],
];
