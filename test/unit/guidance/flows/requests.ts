import { APPS } from '../../../emulator/index.ts';
import {
  authorizeOnly,
  emulator,
  completeLogin,
  PAGE,
  shop,
  withoutBodies,
  type RuleFlow,
} from './shops.ts';

/** Flows about authorize requests and their answers. */
export const REQUESTS: RuleFlow[] = [
  ['oauth-error', authorizeOnly({ redirect_uri: `${PAGE}/elsewhere` }), completeLogin],
  [
    'error-page-unknown',
    withoutBodies(async () => {
      const one = shop(PAGE, APPS.off);
      await one.har.login(one.fields);
      return one;
    }),
    authorizeOnly({ redirect_uri: `${PAGE}/elsewhere` }),
  ],
  ['implicit-flow', authorizeOnly({ response_type: 'token' }), completeLogin],
  ['through-account-pasted', authorizeOnly({ through_account: 'true' }), completeLogin],
  [
    'plain-http-redirect',
    async () => {
      const uri = 'http://page.shop.test/cb';
      emulator.apps.get(APPS.page)?.redirectUris.push(uri);
      return authorizeOnly({ redirect_uri: uri })();
    },
    completeLogin,
  ],
  [
    'no-state',
    async () => {
      const one = shop();
      const query = new URLSearchParams({ ...one.fields, response_type: 'code' });
      await one.har.open(`https://kauth.kakao.com/oauth/authorize?${query}`);
      return one;
    },
    completeLogin,
  ],
  [
    'silent-login-refused',
    authorizeOnly({ prompt: 'none' }),
    async () => (await (await shop().logIn()).callUserMe()).logIn('alice', { prompt: 'none' }),
  ],
  ['consent-cancelled', authorizeOnly({}, { consent: 'deny' }), completeLogin],
  [
    'sdk-v1',
    authorizeOnly({ ka: 'sdk/1.43.5 os/javascript' }),
    authorizeOnly({ ka: 'sdk/2.6.0 os/javascript' }),
  ],
];
