/** An app key as Kakao gives it: 128 bits of chance in hex. */
const APP_KEY = /^[\da-f]{32}$/i;

/** Whether a `client_id` has the form of Kakao's app keys: anything else may be a word, or a mask. */
export function isAppKey(clientId: string): boolean {
  return APP_KEY.test(clientId);
}
