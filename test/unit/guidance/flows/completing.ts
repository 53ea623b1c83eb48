import { APPS } from '../../../emulator/index.ts';
import { fine, FRAME, later, manual, shop, type Shop, type RuleFlow } from './shops.ts';
import { observe } from '../../fixtures.ts';

const asTester = async (one: Shop, linkMode: 'auto' | 'manual') => {
  const seen = await one.har.observations();
  const at = (seen[0]?.at ?? 0) - 1;
  const set = observe({ type: 'app', clientId: one.app, linkMode }, at, { source: 'tester' });
  return { observations: [set, ...seen] };
};

/** What a login still needs, and what does not complete it. */
export const COMPLETING: RuleFlow[] = [
  [
    'manual-me-alone',
    async () => (await manual().in()).me(),
    async () => (await (await manual().in()).me()).call('/v1/user/signup', 'POST'),
  ],
  [
    'manual-no-signup',
    async () => asTester(await manual().in(), 'manual'),
    async () => asTester(await (await manual().in()).call('/v1/user/signup', 'POST'), 'manual'),
  ],
  [
    'uncounted-only',
    async () => (await shop().in()).call('/v2/user/scopes'),
    async () => (await (await shop().in()).call('/v2/user/scopes')).me(),
  ],
  [
    'unconfirmed-only',
    async () => (await shop().in()).call('/v1/oidc/userinfo'),
    async () => (await shop().in()).call('/v2/user/scopes'),
  ],
  ['token-only', () => shop().in(), fine],
  ['no-call-yet', () => shop().in(), fine],
  [
    'window-passed',
    async () => {
      const one = await shop().in();
      later(25);
      return one;
    },
    async () => {
      const one = await (await shop().in()).me();
      later(25);
      return one;
    },
  ],
  [
    'late-call',
    async () => {
      const one = await shop().in();
      later(25);
      const { access_token = '' } = await one.renew();
      one.token = access_token;
      return one.me();
    },
    fine,
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
    async () => shop(FRAME, APPS.frame).in('alice', { ka: 'sdk/1.43.5 os/javascript' }),
  ],
  [
    'library-token-info',
    async () => (await shop().in()).call('/v1/user/access_token_info'),
    async () => (await (await shop().in()).call('/v1/user/access_token_info')).me(),
  ],
  [
    'library-oidc',
    async () => (await shop().in()).call('/v1/oidc/userinfo'),
    async () => (await (await shop().in()).call('/v1/oidc/userinfo')).me(),
  ],
  [
    'signup-on-auto',
    async () => (await shop().in()).call('/v1/user/signup', 'POST'),
    async () => (await manual().in()).call('/v1/user/signup', 'POST'),
  ],
  [
    'link-mode-contradicted',
    async () => asTester(await (await manual().in()).me(), 'auto'),
    async () => asTester(await (await manual().in()).me(), 'manual'),
  ],
];
