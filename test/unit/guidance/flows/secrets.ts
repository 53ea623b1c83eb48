import { APPS } from '../../../emulator/index.ts';
import { codeOf } from '../../../emulator/test-steps.ts';
import { emulator, completeLogin, PAGE, SERVER, shop, type RuleFlow } from './shops.ts';

/** Flows in which a secret reaches the browser or an address. */
export const SECRETS: RuleFlow[] = [
  [
    'code-in-other-url',
    async () => {
      const one = shop();
      const code = codeOf(await one.har.login(one.fields));
      await one.har.open(`${PAGE}/home?code=${code}`, `${PAGE}/cb`);
      return one;
    },
    async () => {
      const one = await shop().logIn();
      await one.har.open(`${PAGE}/home?page=2`, `${PAGE}/cb`);
      return one;
    },
  ],
  [
    'admin-key-in-browser',
    async () => {
      const one = await shop().logIn();
      await one.har.call('/v2/user/me', `KakaoAK ${emulator.apps.get(APPS.page)?.adminKey}`);
      return one;
    },
    completeLogin,
  ],
  [
    'client-secret-in-browser',
    async () => {
      const one = shop(SERVER, APPS.server);
      const secret = emulator.apps.get(APPS.server)?.clientSecret ?? '';
      await one.exchange(codeOf(await one.har.login(one.fields)), { client_secret: secret });
      return one;
    },
    completeLogin,
  ],
  [
    'token-in-url',
    async () => {
      const one = await shop().logIn();
      await one.har.open(`${PAGE}/home?access_token=${one.token}`);
      return one;
    },
    completeLogin,
  ],
];
