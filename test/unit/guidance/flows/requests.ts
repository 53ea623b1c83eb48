import { APPS } from '../../../emulator/index.ts';
import { authorized, emulator, fine, PAGE, shop, unseen, type RuleFlow } from './shops.ts';

/** Authorize requests, and how they come back. */
export const REQUESTS: RuleFlow[] = [
  ['oauth-error', authorized({ redirect_uri: `${PAGE}/elsewhere` }), fine],
  [
    'error-page-unknown',
    unseen(async () => {
      const one = shop(PAGE, APPS.off);
      await one.har.login(one.fields);
      return one;
    }),
    authorized({ redirect_uri: `${PAGE}/elsewhere` }),
  ],
  ['implicit-flow', authorized({ response_type: 'token' }), fine],
  ['through-account-pasted', authorized({ through_account: 'true' }), fine],
  [
    'plain-http-redirect',
    async () => {
      const uri = 'http://page.shop.test/cb';
      emulator.apps.get(APPS.page)?.redirectUris.push(uri);
      return authorized({ redirect_uri: uri })();
    },
    fine,
  ],
  [
    'no-state',
    async () => {
      const one = shop();
      const query = new URLSearchParams({ ...one.fields, response_type: 'code' });
      await one.har.open(`https://kauth.kakao.com/oauth/authorize?${query}`);
      return one;
    },
    fine,
  ],
  [
    'silent-login-refused',
    authorized({ prompt: 'none' }),
    async () => (await (await shop().in()).me()).in('alice', { prompt: 'none' }),
  ],
  ['consent-cancelled', authorized({}, { consent: 'deny' }), fine],
  [
    'sdk-v1',
    authorized({ ka: 'sdk/1.43.5 os/javascript' }),
    authorized({ ka: 'sdk/2.6.0 os/javascript' }),
  ],
];
