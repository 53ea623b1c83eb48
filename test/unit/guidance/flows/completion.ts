import { APPS } from '../../../emulator/index.ts';
import { observe } from '../../fixtures.ts';
import {
  completeLogin,
  FRAME,
  advanceHours,
  manualShop,
  shop,
  type Shop,
  type RuleFlow,
} from './shops.ts';

const withLinkMode = async (one: Shop, linkMode: 'auto' | 'manual') => {
  const seen = await one.har.observations();
  const at = (seen[0]?.at ?? 0) - 1;
  const set = observe({ type: 'app', clientId: one.app, linkMode }, at, { source: 'tester' });
  return { observations: [set, ...seen] };
};

/** Flows about the calls that complete a login, and those that do not. */
export const COMPLETION: RuleFlow[] = [
  [
    'manual-me-alone',
    async () => (await manualShop().logIn()).callUserMe(),
    async () => (await (await manualShop().logIn()).callUserMe()).call('/v1/user/signup', 'POST'),
  ],
  [
    'manual-no-signup',
    async () => withLinkMode(await manualShop().logIn(), 'manual'),
    async () =>
      withLinkMode(await (await manualShop().logIn()).call('/v1/user/signup', 'POST'), 'manual'),
  ],
  [
    'uncounted-only',
    async () => (await shop().logIn()).call('/v2/user/scopes'),
    async () => (await (await shop().logIn()).call('/v2/user/scopes')).callUserMe(),
  ],
  [
    'unconfirmed-only',
    async () => (await shop().logIn()).call('/v1/oidc/userinfo'),
    async () => (await shop().logIn()).call('/v2/user/scopes'),
  ],
  ['token-only', () => shop().logIn(), completeLogin],
  ['no-call-yet', () => shop().logIn(), completeLogin],
  [
    'window-passed',
    async () => {
      const one = await shop().logIn();
      advanceHours(25);
      return one;
    },
    async () => {
      const one = await (await shop().logIn()).callUserMe();
      advanceHours(25);
      return one;
    },
  ],
  [
    'late-call',
    async () => {
      const one = await shop().logIn();
      advanceHours(25);
      const { access_token = '' } = await one.refreshToken();
      one.token = access_token;
      return one.callUserMe();
    },
    completeLogin,
  ],
  [
    'library-no-profile',
    async () => {
      const one = shop(FRAME, APPS.frame);
      await one.har.login({
        client_id: APPS.frame,
        redirect_uri: 'kakaojs',
        origin: FRAME,
        proxy: 'easyXDM_Kakao_x_provider',
        ka: 'sdk/1.43.5 os/javascript',
      });
      return one;
    },
    async () => shop(FRAME, APPS.frame).logIn('alice', { ka: 'sdk/1.43.5 os/javascript' }),
  ],
  [
    'library-token-info',
    async () => (await shop().logIn()).call('/v1/user/access_token_info'),
    async () => (await (await shop().logIn()).call('/v1/user/access_token_info')).callUserMe(),
  ],
  [
    'library-oidc',
    async () => (await shop().logIn()).call('/v1/oidc/userinfo'),
    async () => (await (await shop().logIn()).call('/v1/oidc/userinfo')).callUserMe(),
  ],
  [
    'signup-on-auto',
    async () => (await shop().logIn()).call('/v1/user/signup', 'POST'),
    async () => (await manualShop().logIn()).call('/v1/user/signup', 'POST'),
  ],
  [
    'link-mode-contradicted',
    async () => withLinkMode(await (await manualShop().logIn()).callUserMe(), 'auto'),
    async () => withLinkMode(await (await manualShop().logIn()).callUserMe(), 'manual'),
  ],
];
