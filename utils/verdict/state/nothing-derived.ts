import type { DerivedFields } from '../../model/login.ts';

type LinkFields = Omit<DerivedFields, 'kind' | 'kindBecause' | 'certainty' | 'accountId'>;

/** What is said of the link of a login before anything is derived. No value in derived fields is ever changed in place. */
export const NOTHING_DERIVED: Readonly<LinkFields> = {
  creditedListedCall: null,
  creditedSignupCall: null,
  cut: null,
  linkSurvived: null,
  possibleCalls: {},
  openDoubts: [],
};
