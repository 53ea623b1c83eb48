import type { ConsolePlace } from '../kakao/console.ts';
import type { VerdictName } from '../model/verdict.ts';
import type { AppContext, LoginContext, SessionContext } from './context.ts';
import type { Text } from './text.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What a rule found. */
export interface RuleResult {
  /** Ids of the observations it rests on. */
  evidence: readonly string[];
  /** Fills the rule's own title and detail. */
  args?: readonly string[];
  /** Instead of the rule's own detail. */
  detail?: Text;
  /** Possible causes, likeliest first. */
  causes?: readonly Text[];
  /** Instead of the rule's own. */
  fix?: readonly Text[];
  severity?: Severity;
  place?: ConsolePlace | undefined;
  docs?: string;
  /** Tells apart what one rule found several times. */
  about?: string;
}

interface Base {
  /** Its file's name; its strings stand under it in `locales/`. */
  id: string;
  severity: Severity;
  fix: readonly Text[];
  /** Where in Kakao's console the fix is made. */
  place?: ConsolePlace;
  /** The page to read about it. */
  docs: string;
}

export interface LoginRule extends Base {
  applies: 'login';
  /** It has nothing to say beside any other verdict. */
  verdicts: readonly VerdictName[];
  check(scene: LoginContext): RuleResult | null;
}

export interface AppRule extends Base {
  applies: 'app';
  check(scene: AppContext): readonly RuleResult[];
}

export interface SessionRule extends Base {
  applies: 'session';
  check(scene: SessionContext): readonly RuleResult[];
}

export type Rule = LoginRule | AppRule | SessionRule;

/** A rule that fired, with its evidence and its fix. */
export interface Finding {
  /** The same finding keeps its id as long as it is about the same thing. */
  id: string;
  rule: string;
  severity: Severity;
  /** The login or the app it is about; both null: the session. */
  login: string | null;
  clientId: string | null;
  title: Text;
  detail: Text;
  causes: readonly Text[];
  fix: readonly Text[];
  place: ConsolePlace | null;
  docs: string;
  evidence: readonly string[];
  /** The tester does not want to hear of it for this app. */
  silenced: boolean;
}

/** Verdicts of a login that may have to be completed still. */
export const UNFINISHED_VERDICTS: readonly VerdictName[] = ['pending', 'missed'];
/** Verdicts of everything that is, or may be, a first login. */
export const FIRST_LOGIN_VERDICTS: readonly VerdictName[] = [
  'pending',
  'complete',
  'late',
  'missed',
  'unseen',
  'unlinked',
];
export const ALL_VERDICTS: readonly VerdictName[] = [...FIRST_LOGIN_VERDICTS, 'not-applicable'];
