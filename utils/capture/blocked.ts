/** How Chromium and Firefox name what keeps a request from being sent: an extension, a policy, tracking protection. */
const BLOCKED = /^(net::ERR_BLOCKED_BY_(CLIENT|ADMINISTRATOR|CSP)|NS_ERROR_TRACKING_URI)$/;

/** Marks a call whose request the browser did not send, by the name of the error (of any type) that it ended with. */
export function blockedBy(error: unknown): { blocked?: true } {
  return typeof error === 'string' && BLOCKED.test(error) ? { blocked: true } : {};
}
