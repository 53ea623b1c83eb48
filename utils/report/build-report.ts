import type { LocalizeFindings } from '../guidance/localize-findings.ts';
import type { GuidanceInput, SessionSpan } from '../guidance/rule-context.ts';
import { POLICY } from '../kakao/policy.ts';
import { appOf, linkMode, type App } from '../model/app.ts';
import { lazily } from '../model/lazily.ts';
import type { AttributedObservation } from '../model/observation.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import { hashAppKey } from './app-key-hash.ts';
import { buildFinding, buildLogins, toIso, type MaskClientId } from './build-logins.ts';
import type { Report, ReportApp, ReportSession, ReportSource } from './document.ts';
import { clientIdsIn, createClientIdMask, maskInTexts } from './mask-client-ids.ts';
import { testPlanOf } from './test-plan/test-plan.ts';
import { countVerdicts } from './verdict-counts.ts';

/** What a report is built from. Instants are in epoch ms. */
export interface ReportInput {
  loginState: LoginState;
  /** Ids of the logins the report is about; all logins where it is left out. */
  logins?: ReadonlySet<string>;
  /** Observations that the verdicts rest on, as `selectEvidence` chooses them. */
  observations: readonly AttributedObservation[];
  session: Omit<ReportSession, 'startedAt' | 'endedAt'> & {
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
  /** Hashes of app keys that a file has masked, by the masked form. */
  keyHashes?: ReadonlyMap<string, string>;
  /** Writes the whole `client_id` instead of its first four and last two characters. */
  wholeClientIds?: boolean;
}

/**
 * Builds the canonical report of some logins, judged at `evaluatedAt`. Its observations are written when they are first
 * asked for: most formats have no use for them.
 */
export function buildReport(input: ReportInput): Report {
  const { loginState, observations, wholeClientIds } = input;
  const mask = wholeClientIds ? (clientId: string) => clientId : createClientIdMask();
  // The mask numbers app keys that look alike in the order in which it meets them: logins come first.
  const judged = buildWithoutObservations(input, mask);
  const seen = clientIdsIn(observations);
  for (const clientId of seen) mask(clientId);
  // Every app key that was seen, also those of apps that the report is not about.
  const keys = [...loginState.apps.keys(), ...seen];
  const masked = <T>(value: T) => (wholeClientIds ? value : maskInTexts(value, keys, mask));
  const written = lazily(() => masked(observations.map((o) => buildObservation(o, mask))));
  const { testPlan = [], sources, ...shown } = masked(judged);
  // Field by field: a getter after a spread would come last in the file.
  return {
    format: shown.format,
    version: shown.version,
    generatedAt: shown.generatedAt,
    evaluatedAt: shown.evaluatedAt,
    generator: shown.generator,
    policy: shown.policy,
    session: shown.session,
    apps: shown.apps,
    logins: shown.logins,
    findings: shown.findings,
    get observations() {
      return written();
    },
    counts: shown.counts,
    testPlan,
    ...(sources ? { sources } : {}),
  };
}

/** All that a report says but its observations. `mask` writes app keys; texts may have them whole. */
function buildWithoutObservations(
  input: ReportInput,
  mask: MaskClientId,
): Omit<Report, 'observations'> {
  const { loginState, evaluatedAt, observations, session } = input;
  const { name, version, browser } = input.generator;
  const logins = [...loginState.logins.values()].filter((l) => input.logins?.has(l.id) ?? true);
  const apps = [...new Set(logins.map((l) => l.clientId))].map((id) => appOf(loginState, id));
  const findings = input.advise?.(toGuidanceInput(input), evaluatedAt) ?? [];
  const reportLogins = buildLogins(logins, findings, input, mask);
  const { startedAt: from, endedAt: until } = session;
  return {
    format: 'linkwatch-report',
    version: 1,
    generatedAt: toIso(input.generatedAt),
    evaluatedAt: toIso(evaluatedAt),
    generator: { name, version, browser },
    policy: {
      id: POLICY.id,
      windowHours: POLICY.windowHours,
      qualifying: POLICY.qualifying,
      overridden: apps.some((a) => a.windowMs !== null),
    },
    session: buildSession(session),
    apps: apps.map((app) => buildApp(app, mask, input.keyHashes)),
    logins: reportLogins,
    findings: findings
      .filter((f) => f.login === null)
      .map((f) => ({ ...buildFinding(f), clientId: f.clientId && mask(f.clientId) })),
    counts: {
      observations: observations.length,
      logins: logins.length,
      dropped: input.dropped,
      byVerdict: countVerdicts(reportLogins.map((l) => l.verdict)).byVerdict,
    },
    testPlan: testPlanOf({ loginState, logins, observations, from, until, at: evaluatedAt }),
    ...(input.sources ? { sources: [...input.sources] } : {}),
  };
}

function toGuidanceInput(input: ReportInput): GuidanceInput {
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

function buildSession(session: ReportInput['session']): ReportSession {
  const { id, name, tester, build, environment, notes, startedAt, endedAt } = session;
  return {
    id,
    name,
    tester,
    build,
    ...(environment ? { environment } : {}),
    notes,
    startedAt: startedAt === null ? null : toIso(startedAt),
    endedAt: endedAt === null ? null : toIso(endedAt),
  };
}

function buildApp(
  app: App,
  mask: MaskClientId,
  keyHashes?: ReadonlyMap<string, string>,
): ReportApp {
  const keyHash = hashAppKey(app.clientId) ?? keyHashes?.get(app.clientId);
  return {
    clientId: mask(app.clientId),
    ...(keyHash ? { keyHash } : {}),
    linkMode: linkMode(app),
    linkModeBecause: app.linkModeOverride === 'unknown' ? app.inferredBecause : 'tester',
    fixedUserId: app.fixedUserId,
    windowMs: app.windowMs,
  };
}

/** A copy for the report. Copying all of an observation is several times faster than all but one field. */
function buildObservation(
  o: AttributedObservation,
  mask: MaskClientId,
): Report['observations'][number] {
  const copy = { ...o, at: toIso(o.at) };
  if ('loginId' in copy) delete copy.loginId;
  if ('clientId' in copy && copy.clientId) copy.clientId = mask(copy.clientId);
  return copy;
}
