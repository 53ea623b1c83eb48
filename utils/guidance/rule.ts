import type { ConsolePlace } from '../kakao/console.ts';
import type { VerdictName } from '../model/login.ts';
import type { AppScene, LoginScene, SessionScene } from './context.ts';
import type { Text } from './text.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What a rule found. */
export interface Fired {
  /** Ids of the observations it rests on. */
  evidence: readonly string[];
  /** Fills the rule's own title and detail. */
  fills?: readonly string[];
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
  beside: readonly VerdictName[];
  evidence(scene: LoginScene): Fired | null;
}

export interface AppRule extends Base {
  applies: 'app';
  evidence(scene: AppScene): readonly Fired[];
}

export interface SessionRule extends Base {
  applies: 'session';
  evidence(scene: SessionScene): readonly Fired[];
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
export const UNFINISHED: readonly VerdictName[] = ['pending', 'missed'];
/** Verdicts of everything that is, or may be, a first login. */
export const FIRST: readonly VerdictName[] = [
  'pending',
  'complete',
  'late',
  'missed',
  'unseen',
  'unlinked',
];
export const ANY: readonly VerdictName[] = [...FIRST, 'not-applicable'];
