import { type ForcedAnswer } from '../../../emulator/index.ts';
import { codeOf } from '../../../emulator/test-steps.ts';
import { emulator, fine, later, manual, PAGE, shop, unseen, type RuleFlow } from './shops.ts';

const answered = async (path: string, answer: ForcedAnswer, method?: string) => {
  emulator.answerNext(path, answer);
  return (await shop().in()).call(path, method);
};
const friends = (status: number, code: number) =>
  answered('/v1/api/talk/friends', { status, code, required_scopes: ['friends'] });

/** Calls that Kakao refuses, or answers no more. */
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
    fine,
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
    fine,
  ],
  [
    'refresh-refused',
    async () => {
      const one = await shop().in();
      later(26);
      await emulator.runDailyJob();
      await one.renew();
      return one;
    },
    async () => {
      const one = await (await shop().in()).me();
      await one.renew();
      return one;
    },
  ],
  [
    'token-refused',
    async () => {
      const one = await shop().in();
      one.token = 'stale';
      return one.me();
    },
    fine,
  ],
  [
    'not-linked',
    async () => (await manual().in()).call('/v1/api/talk/friends'),
    async () => (await shop().in()).call('/v1/api/talk/friends'),
  ],
  ['scope-missing', () => friends(403, -402), () => friends(403, -5)],
  ['feature-off', () => friends(403, -3), () => friends(403, -402)],
  ['no-permission', () => friends(403, -5), () => friends(403, -3)],
  [
    'api-ended',
    () => answered('/v1/api/story/profile', { status: 400, code: -9 }),
    async () => (await shop().in()).call('/v1/api/story/profile'),
  ],
  ['call-refused', () => friends(400, -10), () => friends(400, -101)],
  ['forbidden-unknown', unseen(() => friends(403, -402)), () => friends(403, -402)],
  ['call-failed', unseen(() => friends(400, -101)), () => friends(400, -101)],
  ['retired-call', async () => (await shop().in()).call('/v1/user/me'), fine],
];
