import type { Observation } from '../../../../utils/model/observation.ts';
import { APPS } from '../../../emulator/index.ts';
import { callbackLog } from '../../emulator/recording.ts';
import { emulator, advanceHours, PAGE, shop, type Flow, type RuleFlow } from './shops.ts';

/** Two logins of an account, between which its link was cut or not. */
const loggedInAgain =
  (app: string, { cut = true } = {}): Flow =>
  async () => {
    const one = await (await shop(PAGE, app).logIn()).callUserMe();
    advanceHours(1);
    if (cut) await emulator.unlinkFromApps(app, 'alice');
    await (await one.logIn()).callUserMe();
    return one;
  };

/** First logins of some accounts that are not completed, and the callbacks of the daily job that cuts them. */
export const afterDailyJob =
  (users: readonly string[]): Flow =>
  async () => {
    const all: Observation[] = [];
    for (const user of users) {
      const one = await shop().logIn(user, { scope: 'openid' });
      all.push(...(await one.har.observations()).map((o) => ({ ...o, id: `${user}-${o.id}` })));
    }
    advanceHours(26);
    await emulator.runDailyJob();
    return { observations: [...all, ...(await callbackLog(emulator))] };
  };

/** Flows in which links are cut, made again or need new consent. */
export const LINK: RuleFlow[] = [
  [
    'cut-by-kakao',
    afterDailyJob(['alice']),
    async () => {
      const one = await (await shop().logIn()).callUserMe();
      await emulator.unlinkFromApps(APPS.page, 'alice');
      return {
        observations: [...(await one.har.observations()), ...(await callbackLog(emulator))],
      };
    },
  ],
  [
    'consent-again',
    async () => {
      const one = await shop().logIn();
      advanceHours(26);
      await emulator.runDailyJob();
      return one.logIn();
    },
    async () => {
      const one = await (await shop().logIn()).callUserMe();
      advanceHours(26);
      await emulator.runDailyJob();
      return one.logIn();
    },
  ],
  ['user-id-changed', loggedInAgain(APPS.floating), loggedInAgain(APPS.page)],
  ['connected-at-moved', loggedInAgain(APPS.page), loggedInAgain(APPS.page, { cut: false })],
  [
    'unlink-as-logout',
    async () => (await (await shop().logIn()).callUserMe()).call('/v1/user/unlink', 'POST'),
    async () => (await (await shop().logIn()).callUserMe()).call('/v1/user/logout', 'POST'),
  ],
  [
    'scope-every-time',
    async () => {
      const one = await (await shop().logIn()).callUserMe();
      await one.logIn('alice', { scope: 'talk_message' });
      return one.logIn('alice', { scope: 'birthday' });
    },
    async () => {
      const one = await (await shop().logIn()).callUserMe();
      await one.logIn('alice', { scope: 'talk_message' });
      return one.logIn();
    },
  ],
];
