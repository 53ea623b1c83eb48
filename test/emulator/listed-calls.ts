/** The calls named by Kakao's notice: a 200 on one of them completes a sign-up on auto link. */
export const LISTED_CALLS: ReadonlySet<string> = new Set([
  '/v1/api/talk/profile',
  '/v1/api/story/profile',
  '/v2/user/me',
  '/v1/user/shipping_address',
  '/v1/api/talk/friends',
  '/v1/friends',
  '/v1/api/talk/channels',
]);

/** The one call that completes a sign-up on manual link. */
export const SIGNUP_CALL = '/v1/user/signup';

/** Hours between a first login and the cut, in ms. */
export const WINDOW_MS = 24 * 60 * 60 * 1000;
