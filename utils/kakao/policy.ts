/**
 * Kakao's rule on incomplete sign-ups, as data. Source: the notice of 2020-12,
 * https://devtalk.kakao.com/t/notice-unlink-for-users-who-have-not-completed-a-signup/111463;
 * the list was never published again.
 */
export interface Policy {
  /** Names this edition of the rule in reports. */
  id: string;
  windowHours: number;
  /** The daily job's hour is unpublished: the cut comes at the latest this many hours after the login. */
  cutByHours: number;
  /** Auto-link: one of these, answered 200, completes the sign-up. */
  qualifying: readonly string[];
  /** Manual link: only this call completes it. */
  signup: { method: 'POST'; path: string; alreadyRegistered: number };
  /** Personal-data calls the rule does not name: unconfirmed, so they never complete anything here. */
  unconfirmed: readonly string[];
  /** Calls that are known not to count. */
  never: readonly string[];
}

/** What the judgement itself reads stands alone, so that the worker carries nothing else of the policy. */
export const QUALIFYING: Policy['qualifying'] = [
  '/v2/user/me',
  '/v1/api/talk/profile',
  '/v1/api/story/profile',
  '/v1/user/shipping_address',
  '/v1/api/talk/friends',
  '/v1/friends',
  '/v1/api/talk/channels',
];
export const SIGNUP: Policy['signup'] = {
  method: 'POST',
  path: '/v1/user/signup',
  alreadyRegistered: -102,
};
const HOUR = 3_600_000;
export const WINDOW_MS = 24 * HOUR;
export const CUT_BY_MS = 48 * HOUR;

export const POLICY: Policy = {
  id: 'kakao-2020-12-28',
  windowHours: WINDOW_MS / HOUR,
  cutByHours: CUT_BY_MS / HOUR,
  qualifying: QUALIFYING,
  signup: SIGNUP,
  unconfirmed: ['/v2/api/talk/channels', '/v1/oidc/userinfo'],
  never: [
    '/v1/user/access_token_info',
    '/v2/user/scopes',
    '/v2/user/revoke/scopes',
    '/v2/user/service_terms',
    '/v1/user/service/terms',
    '/v2/user/revoke/service_terms',
    '/v1/user/logout',
    '/v1/user/unlink',
    '/v1/user/update_profile',
    '/v1/user/me',
  ],
};
