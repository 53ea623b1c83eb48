import type { LocalizedFinding, LocalizeFindings } from '../guidance/localize-findings.ts';
import type { GuidanceInput, SessionSpan } from '../guidance/context.ts';
import { POLICY } from '../kakao/policy.ts';
import { linkMode, appOf, type App } from '../model/app.ts';
import type { Verdict, VerdictName } from '../model/verdict.ts';
import { evaluateCall, type CallReason } from '../verdict/evaluate-call.ts';
import type { LoginState } from '../verdict/login-state.ts';
import type { Certainty, Kind, Login } from '../model/login.ts';
import type {
  ApiFact,
  LinkMode,
  Observation,
  Source,
  AttributedObservation,
} from '../model/observation.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { createClientIdMask } from './mask-client-ids.ts';

/** ISO 8601 UTC with milliseconds. */
type Iso = string;

/** The canonical report, format `linkwatch-report` version 1. Field names are a contract: add, never rename. */
export interface Report {
  format: 'linkwatch-report';
  version: 1;
  generatedAt: Iso;
  evaluatedAt: Iso;
  generator: { name: string; version: string; browser: string };
  policy: { id: string; windowHours: number; qualifying: readonly string[]; overridden: boolean };
  session: {
    id: string;
    name: string;
    startedAt: Iso | null;
    endedAt: Iso | null;
    tester: string;
    build: string;
    /** Which system was tested; absent where the tester did not say. */
    environment?: string;
    notes: string;
  };
  apps: {
    clientId: string;
    linkMode: LinkMode;
    linkModeBecause: App['inferredBecause'] | 'tester';
    fixedUserId: App['fixedUserId'];
    windowMs: number | null;
  }[];
  logins: ReportLogin[];
  findings: ReportFinding[];
  observations: (Omit<Observation, 'at'> & { at: Iso; browser?: string })[];
  counts: {
    observations: number;
    logins: number;
    dropped: number;
    byVerdict: Record<VerdictName, number>;
  };
  /** Only in a merged report: what it was merged from. */
  sources?: ReportSource[];
}

/** One session of a merged report. Observations of one browser are judged apart from every other browser's. */
export interface ReportSource {
  browser: string;
  session: Report['session'];
  generator: Report['generator'];
  /** Ids of the logins that the session is about. */
  logins: string[];
}

/** Guidance that fired, with its evidence (ids of observations) and its fix. */
export interface ReportFinding {
  rule: string;
  severity: string;
  title: string;
  fix: string[];
  evidence: string[];
  detail?: string;
  /** Possible causes, likeliest first. */
  causes?: string[];
  /** Menu path in Kakao's console. */
  console?: string | null;
  docs?: string;
  /** The app it is about; absent where it is beside a login, null where it is about the session. */
  clientId?: string | null;
}

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
  account: string | null;
  calls: {
    at: Iso;
    source: Source;
    method: string;
    path: string;
    status: number;
    code: number | null;
    counts: boolean;
    why: CallReason;
  }[];
  findings: ReportFinding[];
}

/** What a report is made of. Epoch ms. */
export interface ReportInput {
  loginState: LoginState;
  /** Ids of the logins the report is about; all of the loginState's where it is left out. */
  logins?: ReadonlySet<string>;
  /** With the login each was placed on, where it was; see `restsOn` for which. */
  observations: readonly AttributedObservation[];
  session: Pick<Report['session'], 'id' | 'name' | 'tester' | 'build' | 'environment' | 'notes'> & {
    startedAt: number | null;
    endedAt: number | null;
  };
  generator: Report['generator'];
  generatedAt: number;
  evaluatedAt: number;
  dropped: number;
  sources?: readonly ReportSource[];
  /** Gives guidance in a language; without it the report has no findings. */
  advise?: LocalizeFindings;
  /** Sessions before this one, to compare with. */
  sessionsBefore?: readonly SessionSpan[];
  /** Writes the whole `client_id` instead of its first four and last two characters. */
  wholeClientIds?: boolean;
}

const iso = (at: number): Iso => new Date(at).toISOString();

/** Builds the canonical report of some logins, judged at `evaluatedAt`. */
export function buildReport(input: ReportInput): Report {
  const { loginState, evaluatedAt, observations } = input;
  const mask = input.wholeClientIds ? (id: string) => id : createClientIdMask();
  const logins = [...loginState.logins.values()].filter((l) => input.logins?.has(l.id) ?? true);
  const apps = [...new Set(logins.map((l) => l.clientId))].map((id) => appOf(loginState, id));
  const byVerdict: Report['counts']['byVerdict'] = {
    pending: 0,
    complete: 0,
    late: 0,
    missed: 0,
    unseen: 0,
    unlinked: 0,
    'not-applicable': 0,
  };
  const callsOf = new Map<string, Observation<ApiFact>[]>();
  for (const o of observations)
    if (o.type === 'api' && o.loginId) {
      const calls = callsOf.get(o.loginId);
      if (calls) calls.push(o);
      else callsOf.set(o.loginId, [o]);
    }
  const advice = input.advise?.(contextOf(input), evaluatedAt) ?? [];
  const adviceOf = Map.groupBy(advice, (a) => a.login);
  const judged = logins.map((login) => {
    const app = appOf(loginState, login.clientId);
    const verdict = verdictOf(login, app, evaluatedAt);
    byVerdict[verdict.verdict] += 1;
    const findings = (adviceOf.get(login.id) ?? []).map(beside);
    return { ...reportLogin(login, app, verdict, callsOf.get(login.id) ?? [], mask), findings };
  });
  return {
    format: 'linkwatch-report',
    version: 1,
    generatedAt: iso(input.generatedAt),
    evaluatedAt: iso(evaluatedAt),
    generator: {
      name: input.generator.name,
      version: input.generator.version,
      browser: input.generator.browser,
    },
    policy: {
      id: POLICY.id,
      windowHours: POLICY.windowHours,
      qualifying: POLICY.qualifying,
      overridden: apps.some((a) => a.windowMs !== null),
    },
    session: {
      id: input.session.id,
      name: input.session.name,
      tester: input.session.tester,
      build: input.session.build,
      ...(input.session.environment ? { environment: input.session.environment } : {}),
      notes: input.session.notes,
      startedAt: input.session.startedAt === null ? null : iso(input.session.startedAt),
      endedAt: input.session.endedAt === null ? null : iso(input.session.endedAt),
    },
    apps: apps.map((app) => ({
      clientId: mask(app.clientId),
      linkMode: linkMode(app),
      linkModeBecause: app.linkModeOverride === 'unknown' ? app.inferredBecause : 'tester',
      fixedUserId: app.fixedUserId,
      windowMs: app.windowMs,
    })),
    logins: judged,
    findings: (adviceOf.get(null) ?? []).map((a) => ({
      ...beside(a),
      clientId: a.clientId && mask(a.clientId),
    })),
    observations: observations.map(({ loginId: _loginId, ...o }) => ({
      ...o,
      ...('clientId' in o && o.clientId ? { clientId: mask(o.clientId) } : {}),
      at: iso(o.at),
    })),
    counts: {
      observations: observations.length,
      logins: logins.length,
      dropped: input.dropped,
      byVerdict,
    },
    ...(input.sources ? { sources: [...input.sources] } : {}),
  };
}

function contextOf(input: ReportInput): GuidanceInput {
  const { loginState, observations, logins, session, sessionsBefore } = input;
  const { id, name, build, startedAt } = session;
  return {
    loginState,
    observations,
    ...(logins ? { logins } : {}),
    ...(startedAt === null ? {} : { session: { id, name, build, startedAt } }),
    ...(sessionsBefore ? { sessionsBefore } : {}),
  };
}

function beside({
  login: _login,
  clientId: _clientId,
  ...finding
}: LocalizedFinding): ReportFinding {
  return finding;
}

function reportLogin(
  login: Login,
  app: App,
  v: Verdict,
  calls: readonly Observation<ApiFact>[],
  mask: (clientId: string) => string,
): Omit<ReportLogin, 'findings'> {
  const mode = linkMode(app);
  return {
    id: login.id,
    clientId: mask(login.clientId),
    site: login.site,
    redirectUri: login.redirectUri,
    startedAt: iso(login.startedAt),
    loggedInAt: iso(login.loggedInAt),
    deadline: iso(v.deadline),
    kind: login.kind,
    kindBecause: login.kindBecause,
    certainty: login.certainty,
    verdict: v.verdict,
    verdictBecause: v.because,
    verdictCertainty: v.certainty,
    verdictDoubt: v.doubt,
    rehearsal: v.rehearsal,
    visibility: v.visibility,
    visibilityBecause: v.visibilityBecause,
    completedAt: v.completedBy && iso(v.completedBy.at),
    completedBy: v.completedBy && { ...v.completedBy, at: iso(v.completedBy.at) },
    account: login.label,
    calls: calls.map(({ at, source, method, path, status, code, cached }) => ({
      at: iso(at),
      source,
      method,
      path,
      status,
      code,
      ...evaluateCall({ method, path, status, code, cached }, mode),
    })),
  };
}
