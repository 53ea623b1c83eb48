import { HOUR_MS } from '../model/time.ts';
import { plainPath } from './endpoints.ts';

/**
 * Kakao's rule on incomplete sign-ups, as data. Source: the notice of 2020-12,
 * https://devtalk.kakao.com/t/notice-unlink-for-users-who-have-not-completed-a-signup/111463;
 * the list was never published again.
 */
export interface Policy {
  /** Names this edition of the rule in reports. */
  id: string;
  windowHours: number;
  /** The cut comes at the latest this many hours after the login, because the daily job's hour is unpublished. */
  cutByHours: number;
  /** Auto-link: one of these, answered 200, completes the sign-up. */
  qualifying: readonly string[];
  /** Manual link: only this call completes it. */
  signup: { method: 'POST'; path: string; alreadyRegistered: number };
  /** Calls for personal data that Kakao's documents neither confirm nor refuse. They complete nothing here. */
  unconfirmed: readonly string[];
  /** Calls that are known not to count. */
  never: readonly string[];
}

/** Auto-link: one of these calls, answered 200, completes the sign-up. See docs/kakao-rules.md#completion. */
export const QUALIFYING: Policy['qualifying'] = [
  '/v2/user/me',
  '/v1/api/talk/profile',
  '/v1/api/story/profile',
  '/v1/user/shipping_address',
  '/v1/api/talk/friends',
  '/v1/friends',
  '/v1/api/talk/channels',
];

/** Manual link: only this call completes the sign-up. See docs/kakao-rules.md#manual-link. */
export const SIGNUP: Policy['signup'] = {
  method: 'POST',
  path: '/v1/user/signup',
  alreadyRegistered: -102,
};

/** The code of Kakao's answer where the account is not linked to the app. See docs/kakao-rules.md#errors. */
export const NOT_LINKED = -101;

/** This call cuts the link. See docs/kakao-rules.md#unlink. */
export const UNLINK = '/v1/user/unlink';

/** Messages to oneself and to friends. See docs/kakao-rules.md#completion. */
const MESSAGES = ['/v2/api/talk/memo', '/v1/api/talk/friends/message'].flatMap((to) => [
  `${to}/send`,
  `${to}/default/send`,
  `${to}/scrap/send`,
]);

/** Of the calls that complete a sign-up or cut a link, those that take the admin key: docs/kakao-rules.md#admin-key. */
export const BY_ADMIN_KEY: readonly string[] = ['/v2/user/me', '/v1/user/shipping_address', UNLINK];

/** Whether a call, however it was answered, is one of the listed ones, by GET or POST. See docs/kakao-rules.md#completion. */
export function isListedCall({ method, path }: { method: string; path: string }): boolean {
  return (method === 'GET' || method === 'POST') && QUALIFYING.includes(path);
}

/**
 * Whether Kakao neither says that a call by a path counts nor that it does not: it asks for personal data unlisted, or is a
 * listed one but for slashes, which servers may pass over. See docs/kakao-rules.md#unconfirmed-calls.
 */
export function isUnconfirmed(path: string): boolean {
  const plain = plainPath(path);
  const isOnList = QUALIFYING.includes(plain) || plain === SIGNUP.path;
  return POLICY.unconfirmed.includes(plain) || (plain !== path && isOnList);
}

/** The same of a call: of a listed one by HEAD, Kakao's documents say neither, too. */
export function isUnconfirmedCall({ method, path }: { method: string; path: string }): boolean {
  return isUnconfirmed(path) || (method === 'HEAD' && QUALIFYING.includes(path));
}

/** Whether it is manual link's sign-up call but for slashes, for which the same holds. */
export function isUnconfirmedSignup(path: string): boolean {
  return path !== SIGNUP.path && plainPath(path) === SIGNUP.path;
}

/** Whether a call, however it was answered, is manual link's sign-up call. See docs/kakao-rules.md#manual-link. */
export function isSignupCall({ method, path }: { method: string; path: string }): boolean {
  return method === SIGNUP.method && path === SIGNUP.path;
}

/** How long after a login its sign-up may be completed, in ms. See docs/kakao-rules.md#window. */
export const WINDOW_MS = 24 * HOUR_MS;
/** How long after a login the daily job has cut its link at the latest, in ms. See docs/kakao-rules.md#daily-job. */
export const CUT_BY_MS = 48 * HOUR_MS;

/** The whole rule, as reports and guidance name it. */
export const POLICY: Policy = {
  id: 'kakao-2020-12-28',
  windowHours: WINDOW_MS / HOUR_MS,
  cutByHours: CUT_BY_MS / HOUR_MS,
  qualifying: QUALIFYING,
  signup: SIGNUP,
  unconfirmed: [
    '/v2/api/talk/channels',
    '/v1/oidc/userinfo',
    '/v1/api/talk/plusfriends',
    '/v2/app/users',
  ],
  never: [
    '/v1/user/access_token_info',
    '/v2/user/scopes',
    '/v2/user/revoke/scopes',
    '/v2/user/service_terms',
    '/v1/user/service/terms',
    '/v2/user/revoke/service_terms',
    '/v2/user/upgrade/service_terms',
    '/v1/user/logout',
    UNLINK,
    '/v1/user/update_profile',
    '/v1/user/me',
    ...MESSAGES,
  ],
};
