/** The share of logins, in percent, that may stay in doubt where link modes are known and everything could be seen. */
export const BUDGETS: Record<string, number> = {
  plain: 2,
  'plain-files': 5,
  accounts: 10,
  scopes: 10,
  'double-consent': 10,
  'double-consent-files': 10,
  'private-windows': 10,
  'several-keys': 10,
  'several-sites': 10,
  // A popup hands its result over where the browser does not show it.
  popups: 45,
  'server-reported': 5,
  'badly-reported': 10,
  'manual-link': 10,
  unlink: 10,
  'odd-calls': 10,
  'odd-calls-files': 10,
  'proxy-recordings': 10,
  callbacks: 10,
};
