import type { SessionSpan } from '../guidance/rule-context.ts';
import type { Finding } from '../guidance/rule.ts';
import { runRules } from '../guidance/run-rules.ts';
import { parseInstant } from '../model/instant.ts';
import type { Session } from '../model/session.ts';
import type { ReportSession } from './document.ts';
import type { ReportScope } from './report-scope.ts';
import type { TestPlanItem } from './test-plan/test-case.ts';
import { testPlanOf } from './test-plan/test-plan.ts';

/** A case of the test plan, and when what shows it happened: epoch ms, null where nothing does. */
interface PlannedCase extends TestPlanItem {
  at: number | null;
}

/** What is said of a scope as a whole. */
export interface Overview {
  /** About its apps and the session, worst first. */
  findings: readonly Finding[];
  testPlan: readonly PlannedCase[];
}

/** The session that a scope is of, and those that are recorded. */
export interface OverviewSessions {
  /** What bounds the test plan, be it recorded or of files. */
  shown: Pick<Session | ReportSession, 'startedAt' | 'endedAt'> | undefined;
  /** The one recorded session that is shown; undefined where there is none, or all are shown. */
  one: SessionSpan | undefined;
  recorded: readonly SessionSpan[];
}

/** Works out what is said of a scope at an instant (epoch ms). It reads every observation several times. */
export function overviewOf(scope: ReportScope, sessions: OverviewSessions, at: number): Overview {
  const { live, loginState, observations, logins } = scope;
  const { shown, one, recorded } = sessions;
  const context = { loginState, observations, logins: new Set(logins.map((l) => l.id)) };
  const sessionsBefore = recorded.filter((s) => s.startedAt < (one?.startedAt ?? 0));
  const session = live && one ? { session: one, sessionsBefore } : {};
  const findings = runRules({ ...context, ...session }, at, ['app', 'session']);
  if (!shown) return { findings, testPlan: [] };
  const from = instantOf(shown.startedAt);
  const until = instantOf(shown.endedAt);
  const plan = testPlanOf({ loginState, logins, observations, from, until, at });
  const shownBy = new Set(plan.flatMap((item) => item.observation ?? []));
  const seenAt = new Map<string, number>();
  for (const o of observations) if (shownBy.has(o.id)) seenAt.set(o.id, o.at);
  const testPlan = plan.map((item): PlannedCase => {
    const login = loginState.logins.get(item.login ?? '');
    return { ...item, at: login?.loggedInAt ?? seenAt.get(item.observation ?? '') ?? null };
  });
  return { findings, testPlan };
}

const instantOf = (at: number | string | null) => (typeof at === 'string' ? parseInstant(at) : at);
