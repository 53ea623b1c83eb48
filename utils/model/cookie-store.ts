/** The cookie stores of private windows: as Firefox names them, and as we do where the browser gives no name. */
const PRIVATE_STORES = ['private', 'firefox-private'];

/** Whether what was made in a cookie store was made in a private window. */
export function isPrivateStore({ cookieStore }: { cookieStore: string }): boolean {
  return PRIVATE_STORES.includes(cookieStore);
}
