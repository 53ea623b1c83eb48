import type { ConsolePlace } from '../kakao/console.ts';
import type { AttributedObservation } from '../model/observation.ts';
import type { VerdictName } from '../model/verdict.ts';
import type { AppContext } from './app-context.ts';
import type { LoginContext } from './login-context.ts';
import type { SessionContext } from './rule-context.ts';
import type { Text } from './text.ts';

/** How grave a finding is, from the gravest on. */
export type Severity = 'error' | 'warning' | 'info';

/** What a rule returns when it fires. What it leaves out is taken from the rule. */
export interface RuleResult {
  /** Ids of the observations it rests on. */
  evidence: readonly string[];
  /** Values for `$1`…`$9` in the rule's own title and detail. */
  args?: readonly string[];
  detail?: Text;
  /** Possible causes, likeliest first. */
  causes?: readonly Text[];
  fix?: readonly Text[];
  severity?: Severity;
  place?: ConsolePlace | undefined;
  docs?: string;
  /** Tells several results of one rule apart, such as an error code, a site or a day. */
  subject?: string;
}

interface RuleData {
  /** Name of the rule's file, and of its strings in `locales/` (with `_` for `-`). */
  id: string;
  severity: Severity;
  fix: readonly Text[];
  /** Where in Kakao's console the fix is made. */
  place?: ConsolePlace;
  /** Address of the page to read about it. */
  docs: string;
}

/** A rule that is checked for each login. */
export interface LoginRule extends RuleData {
  applies: 'login';
  /** The rule is checked only for logins with one of these verdicts. */
  verdicts: readonly VerdictName[];
  check(context: LoginContext): RuleResult | null;
}

/** A rule that is checked for each app, and may find several things of it. */
export interface AppRule extends RuleData {
  applies: 'app';
  check(context: AppContext): readonly RuleResult[];
}

/** A rule that is checked once for all that was observed. */
export interface SessionRule extends RuleData {
  applies: 'session';
  check(context: SessionContext): readonly RuleResult[];
}

/** A rule is data and a pure `check`, which returns what it found, or nothing. */
export type Rule = LoginRule | AppRule | SessionRule;

/** A rule that fired, with its evidence and its fix, ready to be put into a language. */
export interface Finding {
  /** Stays the same as long as the finding is about the same thing. */
  id: string;
  rule: string;
  severity: Severity;
  /** The login or the app it is about; both are null for a finding about the session. */
  login: string | null;
  clientId: string | null;
  title: Text;
  detail: Text;
  /** Possible causes, likeliest first. */
  causes: readonly Text[];
  fix: readonly Text[];
  place: ConsolePlace | null;
  docs: string;
  /** Ids of observations. */
  evidence: readonly string[];
  /** The latest of these observations, a few, in order of time. */
  observed: readonly AttributedObservation[];
  /** The tester silenced the rule for this app. */
  silenced: boolean;
}

/** Verdicts of logins that may still have to be completed. */
export const UNFINISHED_VERDICTS: readonly VerdictName[] = ['pending', 'missed'];

/** Verdicts of logins that are, or may be, first logins. */
export const FIRST_LOGIN_VERDICTS: readonly VerdictName[] = [
  'pending',
  'complete',
  'late',
  'missed',
  'unseen',
  'unlinked',
];

/** Verdicts of any login. */
export const ALL_VERDICTS: readonly VerdictName[] = [...FIRST_LOGIN_VERDICTS, 'not-applicable'];
