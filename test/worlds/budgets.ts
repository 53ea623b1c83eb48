/** The share of logins, in percent, that may stay in doubt where link modes are known and everything could be seen. */
export const BUDGETS: Record<string, number> = {
  plain: 5,
  'plain-files': 5,
  accounts: 10,
  // An extra consent may be a first one whose link was cut unseen, or a repeat on a link whose window is over.
  scopes: 22,
  'double-consent': 6,
  'double-consent-files': 6,
  'slow-exchange': 10,
  'slow-exchange-files': 8,
  refreshes: 8,
  'refreshes-files': 8,
  'private-windows': 10,
  'several-keys': 10,
  'several-sites': 8,
  'keys-apart': 10,
  'two-apps': 10,
  // A popup hands its result over where the browser does not show it.
  popups: 45,
  // A popup's last page may be its consent screen or its result.
  'kept-codes': 34,
  'server-reported': 5,
  'badly-reported': 10,
  'manual-link': 14,
  unlink: 8,
  'odd-calls': 14,
  'odd-calls-files': 12,
  'exported-files': 10,
  'proxy-recordings': 10,
  callbacks: 8,
};
