import { type ForcedAnswer } from '../../../emulator/index.ts';
import { codeOf } from '../../../emulator/test-steps.ts';
import {
  emulator,
  completeLogin,
  advanceHours,
  manualShop,
  PAGE,
  shop,
  withoutBodies,
  type RuleFlow,
} from './shops.ts';

const answeredWith = async (path: string, answer: ForcedAnswer, method?: string) => {
  emulator.answerNext(path, answer);
  return (await shop().logIn()).call(path, method);
};
const friends = (status: number, code: number) =>
  answeredWith('/v1/api/talk/friends', { status, code, required_scopes: ['friends'] });

/** Flows in which Kakao refuses an exchange or a call. */
export const REFUSALS: RuleFlow[] = [
  [
    'exchange-failed',
    async () => {
      const one = shop();
      await one.exchange(codeOf(await one.har.login(one.fields)), {
        redirect_uri: `${PAGE}/other`,
      });
      return one;
    },
    completeLogin,
  ],
  [
    'code-used-twice',
    async () => {
      const one = shop();
      const code = codeOf(await one.har.login(one.fields));
      await one.exchange(code);
      await one.exchange(code);
      return one;
    },
    completeLogin,
  ],
  [
    'refresh-refused',
    async () => {
      const one = await shop().logIn();
      advanceHours(26);
      await emulator.runDailyJob();
      await one.refreshToken();
      return one;
    },
    async () => {
      const one = await (await shop().logIn()).callUserMe();
      await one.refreshToken();
      return one;
    },
  ],
  [
    'token-refused',
    async () => {
      const one = await shop().logIn();
      one.token = 'stale';
      return one.callUserMe();
    },
    completeLogin,
  ],
  [
    'not-linked',
    async () => (await manualShop().logIn()).call('/v1/api/talk/friends'),
    async () => (await shop().logIn()).call('/v1/api/talk/friends'),
  ],
  ['scope-missing', () => friends(403, -402), () => friends(403, -5)],
  ['feature-off', () => friends(403, -3), () => friends(403, -402)],
  ['no-permission', () => friends(403, -5), () => friends(403, -3)],
  [
    'api-ended',
    () => answeredWith('/v1/api/story/profile', { status: 400, code: -9 }),
    async () => (await shop().logIn()).call('/v1/api/story/profile'),
  ],
  ['call-refused', () => friends(400, -10), () => friends(400, -101)],
  ['forbidden-unknown', withoutBodies(() => friends(403, -402)), () => friends(403, -402)],
  ['call-failed', withoutBodies(() => friends(400, -101)), () => friends(400, -101)],
  ['retired-call', async () => (await shop().logIn()).call('/v1/user/me'), completeLogin],
];
