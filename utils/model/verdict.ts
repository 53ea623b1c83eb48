import type { Certainty, CompletionDoubt, GapReason, OpenDoubt } from './login.ts';
import type { LinkMode, Source } from './observation.ts';

/** Where the calls of a login can be seen. */
export type Visibility = 'browser' | 'server-reported' | 'none';

/** `token-by-message`: SDK v1's popup gave the token to the page. */
export type VisibilityBecause =
  | 'token-seen'
  | 'reported'
  | 'server-side'
  | 'token-by-message'
  | GapReason;

/** What is said of a login at an instant: docs/architecture.md#words. */
export type VerdictName =
  | 'pending'
  | 'complete'
  | 'late'
  | 'missed'
  | 'unseen'
  | 'unlinked'
  | 'not-applicable';

type VerdictBecause =
  | 'in-window'
  | 'listed-call'
  | 'signup-call'
  | 'signed-up' // manual link: told that the account is signed up
  | 'tester'
  | 'link-survived'
  | 'no-qualifying-call'
  | 'me-is-not-enough' // manual link: only listed calls were seen
  | 'not-visible'
  | 'recording-ended'
  | 'unlink-call'
  | 'callback'
  | 'consent-again'
  | 'repeat-login';

/** What we say of a login at an instant. Derived, never stored. */
export interface Verdict {
  verdict: VerdictName;
  because: VerdictBecause;
  certainty: Certainty;
  /** Why it is only likely. */
  doubt:
    | CompletionDoubt
    | OpenDoubt
    | 'link-mode-unknown'
    | 'restart'
    | 'window-end-unsure' // Kakao may count from the token instead of the code
    | 'signup-answer-unknown'
    | 'survival-unsure' // the later login need not be of the same account
    | null;
  visibility: Visibility;
  visibilityBecause: VisibilityBecause;
  /** Epoch ms. */
  deadline: number;
  /** Epoch ms between which Kakao's daily job cuts the link; null where it does not apply. */
  cutBand: { from: number; to: number } | null;
  completedBy: { at: number; source: Source; method: string; path: string; status: number } | null;
  linkMode: LinkMode;
  rehearsal: boolean;
}
