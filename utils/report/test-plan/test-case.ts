/** The cases that a test of Kakao Login goes through, in the order in which they are told. */
export const TEST_CASES = [
  'first-complete',
  'cancel',
  'repeat',
  'second-account',
  'extra-consent',
  'unlink-and-again',
  'manual-signup',
  'server-side',
  'error-page',
  'deadline-passed',
] as const;

/** Name of such a case. */
export type TestCase = (typeof TEST_CASES)[number];

/** Whether a case was exercised: surely, likely, or not as far as was seen; and what shows it, if anything does. */
export interface TestPlanItem {
  case: string;
  seen: 'yes' | 'likely' | 'no';
  /** Id of the login that shows it; null where none does. */
  login: string | null;
  /** Id of the observation that shows it; null where a login does. No login comes of a cancel or an error page. */
  observation: string | null;
}
