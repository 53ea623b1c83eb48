import type { App } from '../model/app.ts';
import type { Certainty, Kind, Login } from '../model/login.ts';
import type { LinkMode, Observation, Source } from '../model/observation.ts';
import type { Verdict, VerdictName } from '../model/verdict.ts';
import type { CallReason } from '../verdict/attribute/evaluate-call.ts';
import type { TestPlanItem } from './test-plan/test-case.ts';

/** ISO 8601 UTC with milliseconds. */
type Iso = string;

/**
 * The canonical report, format `linkwatch-report` version 1. Field names are a contract with everyone who reads a
 * report: fields may be added, never renamed. `schema/report-schema.ts` checks the same shape on import.
 */
export interface Report {
  format: 'linkwatch-report';
  version: 1;
  /** When the report was written, and the instant for which its verdicts hold. */
  generatedAt: Iso;
  evaluatedAt: Iso;
  generator: { name: string; version: string; browser: string };
  policy: { id: string; windowHours: number; qualifying: readonly string[]; overridden: boolean };
  session: ReportSession;
  apps: ReportApp[];
  logins: ReportLogin[];
  /** Findings about an app or the session; those about a login stand in the login. */
  findings: ReportFinding[];
  /** What the verdicts rest on: replayed again, it gives the same. */
  observations: (Omit<Observation, 'at'> & { at: Iso; browser?: string })[];
  counts: {
    observations: number;
    logins: number;
    /** Observations that could not be read or stored. */
    dropped: number;
    byVerdict: Record<VerdictName, number>;
  };
  /** Which cases were exercised, ticked by evidence; absent in reports of older versions. */
  testPlan?: TestPlanItem[];
  /** The sessions of a merged report; absent in any other. */
  sources?: ReportSource[];
}

/** The session that a report is about. */
export interface ReportSession {
  id: string;
  name: string;
  startedAt: Iso | null;
  endedAt: Iso | null;
  tester: string;
  build: string;
  /** Which system was tested; absent where the tester did not say. */
  environment?: string;
  notes: string;
}

/** An app of a report, and what is known of it. */
export interface ReportApp {
  clientId: string;
  /** Tells apps apart whose masked keys look alike; absent where no whole key was known, and in older reports. */
  keyHash?: string;
  linkMode: LinkMode;
  linkModeBecause: App['inferredBecause'] | 'tester';
  fixedUserId: App['fixedUserId'];
  /** Length of a rehearsal window that replaces Kakao's; null for Kakao's own. */
  windowMs: number | null;
}

/** A login of a report, judged at the report's `evaluatedAt`. */
export interface ReportLogin {
  id: string;
  clientId: string;
  site: string | null;
  redirectUri: string | null;
  startedAt: Iso;
  loggedInAt: Iso;
  deadline: Iso;
  kind: Kind;
  kindBecause: Login['kindBecause'];
  certainty: Certainty;
  verdict: VerdictName;
  verdictBecause: Verdict['because'];
  verdictCertainty: Certainty;
  verdictDoubt: Verdict['doubt'];
  rehearsal: boolean;
  visibility: Verdict['visibility'];
  visibilityBecause: Verdict['visibilityBecause'];
  completedAt: Iso | null;
  completedBy: { at: Iso; source: Source; method: string; path: string; status: number } | null;
  /** The label that the tester gave the account. */
  account: string | null;
  calls: ReportCall[];
  findings: ReportFinding[];
}

/** A call of a login, and whether it counts. */
export interface ReportCall {
  at: Iso;
  source: Source;
  method: string;
  path: string;
  /** HTTP status; 0 where none was seen. */
  status: number;
  /** Kakao's error code; null where there is none or the body was not seen. */
  code: number | null;
  /** Whether the call completes a login under the app's link mode, and why. */
  counts: boolean;
  why: CallReason;
}

/** A rule of guidance that fired, with its evidence and its fix. */
export interface ReportFinding {
  rule: string;
  severity: string;
  title: string;
  fix: string[];
  /** Ids of observations. */
  evidence: string[];
  /** What the latest of these are, in words; absent in reports of older versions. */
  observed?: { at: Iso; what: string }[];
  detail?: string;
  /** Possible causes, likeliest first. */
  causes?: string[];
  /** Menu path in Kakao's console. */
  console?: string | null;
  docs?: string;
  /** The app it is about, null where it is about the session; absent in the findings of a login. */
  clientId?: string | null;
}

/** One session of a merged report. The observations of one browser are judged apart from those of every other. */
export interface ReportSource {
  browser: string;
  session: ReportSession;
  generator: Report['generator'];
  /** Ids of the logins that the session is about. */
  logins: string[];
}
