import { appOf, newApp, UNKNOWN_APP, type App } from '../../model/app.ts';
import type { AppFact, AttributedObservation, Observation } from '../../model/observation.ts';
import { deriveLogins } from '../../verdict/derive/derive-logins.ts';
import { applyAppSettings } from '../../verdict/handlers/app-knowledge.ts';
import { replay } from '../../verdict/reduce.ts';
import { createLoginState, type LoginState } from '../../verdict/state/login-state.ts';
import { noteCallsElsewhere } from './calls-elsewhere.ts';
import { noteLoginsElsewhere } from './logins-elsewhere.ts';
import { findTwins, otherRecordings, shareBodies } from './twin-logins.ts';

/** An observation of a report (`at` in epoch ms); in a merged report with the browser it was recorded in. */
export type ReportObservation = AttributedObservation & { browser?: string };

/** What a replay gives. */
export interface ReplayResult {
  /** All logins and apps, without what the reducer tracks between observations. */
  loginState: LoginState;
  /** The observations that were replayed, in their order, each with the login it was attributed to. */
  observations: ReportObservation[];
}

/**
 * Replays observations into the logins of an instant (epoch ms); later observations are left out. The observations of
 * each browser are replayed apart from every other's, but what is known of an app holds for all browsers. `endedAt` (epoch
 * ms) is when the recording ended, where its end is to be taken into account.
 */
export function replayObservations(
  observations: readonly ReportObservation[],
  at = Infinity,
  endedAt: number | null = null,
): ReplayResult {
  const all =
    endedAt === null ? observations : [...observations, ...recordingEnds(observations, endedAt)];
  const replayed = all.filter((o) => o.at <= at).map(withoutLogin);
  const byBrowser = Map.groupBy(replayed, (o) => o.browser ?? '');
  const browsers = [...byBrowser.values()];
  const loginStates = browsers.map(replayBrowser);
  if (loginStates.length > 1) {
    const replays = loginStates.map((loginState, i) => ({
      loginState,
      observations: browsers[i] ?? [],
    }));
    const twins = findTwins(replays);
    shareBodies(twins, replays);
    shareAppKnowledge(loginStates, replayed);
    const recordedTwice = otherRecordings(twins);
    noteLoginsElsewhere(loginStates, recordedTwice);
    noteCallsElsewhere(replays, recordedTwice);
  }
  return { loginState: combine(loginStates), observations: replayed };
}

/** A copy without the login that was noted. Copying all of it is several times faster than all but one field. */
function withoutLogin(o: ReportObservation): ReportObservation {
  const copy = { ...o };
  if ('loginId' in copy) delete copy.loginId;
  return copy;
}

/** An observation as its own browser has it: without that browser's name in a merged report. */
export function withoutBrowser(o: ReportObservation): AttributedObservation {
  if (!('browser' in o)) return o;
  const copy = { ...o };
  delete copy.browser;
  return copy;
}

/** Replays what one browser recorded, and notes in each observation the login it was attributed to. */
function replayBrowser(observations: readonly ReportObservation[]): LoginState {
  const facts = observations.map(withoutBrowser);
  let byId: ReadonlyMap<string, ReportObservation> | null = null;
  let applied = 0;
  return replay(facts, ({ loginId, attached }) => {
    const o = observations[applied];
    applied += 1;
    if (!o) return;
    if (loginId) o.loginId = loginId;
    for (const [id, attachedTo] of attached) {
      byId ??= firstById(observations);
      const report = byId.get(id);
      if (!report) continue;
      if (attachedTo) report.loginId = attachedTo;
      else delete report.loginId;
    }
  });
}

/** Observations by their id; of several with one id the first. */
function firstById(observations: readonly ReportObservation[]): Map<string, ReportObservation> {
  const byId = new Map<string, ReportObservation>();
  for (const o of observations) if (!byId.has(o.id)) byId.set(o.id, o);
  return byId;
}

/** Puts the logins and apps of all browsers into one state. */
function combine(loginStates: readonly LoginState[]): LoginState {
  const combined = createLoginState();
  for (const { logins, apps } of loginStates) {
    for (const login of logins.values()) combined.logins.set(login.id, login);
    for (const app of apps.values()) combined.apps.set(app.clientId, app);
  }
  return combined;
}

/** Gives every browser what any of them knows of an app: the tester's latest settings, and what was inferred. */
function shareAppKnowledge(
  loginStates: readonly LoginState[],
  observations: readonly ReportObservation[],
): void {
  const settings = createLoginState();
  const settingFacts = observations
    .filter((o): o is ReportObservation & Observation<AppFact> => o.type === 'app')
    .sort((a, b) => a.at - b.at);
  for (const o of settingFacts) applyAppSettings(settings, o);
  for (const clientId of new Set(loginStates.flatMap((s) => [...s.apps.keys()]))) {
    const known = loginStates.flatMap((s) => s.apps.get(clientId) ?? []);
    // Logins of unknown apps in several browsers need not be of one.
    const isOne = clientId !== UNKNOWN_APP || known.length === 1;
    const inferred = isOne ? inferredOfAll(clientId, known) : newApp(clientId);
    const { linkModeOverride, fixedUserId, windowMs } = appOf(settings, clientId);
    for (const { apps } of loginStates)
      apps.set(clientId, { ...inferred, linkModeOverride, fixedUserId, windowMs });
  }
  for (const loginState of loginStates)
    deriveLogins(loginState, new Set(loginState.logins.values()));
}

/** What several browsers' traffic tells of an app, the latest of it: no link mode where one contradicts another. */
function inferredOfAll(clientId: string, known: readonly App[]): App {
  const [latest = newApp(clientId)] = known.toSorted(
    (a, b) => (b.inferredAt ?? 0) - (a.inferredAt ?? 0),
  );
  const modes = new Set(known.map((app) => app.inferredLinkMode));
  const areBoth = modes.has('auto') && modes.has('manual');
  return areBoth || known.some((app) => app.inferredBecause === 'contradiction')
    ? { ...latest, inferredLinkMode: 'unknown', inferredBecause: 'contradiction' }
    : latest;
}

/** Says for each browser that nothing after an instant (epoch ms) was recorded, unless that is said of it already. */
export function recordingEnds(
  observations: readonly ReportObservation[],
  at: number,
): ReportObservation[] {
  const browsers = new Set(observations.map((o) => o.browser));
  for (const o of observations)
    if (o.type === 'recording-ended' && o.site === null) browsers.delete(o.browser);
  return [...browsers].map((browser) => ({
    ...recordingEnd(at, null, browser),
    ...(browser === undefined ? {} : { browser }),
  }));
}

/**
 * Says that nothing after an instant (epoch ms) was recorded, or nothing of one site. `name` tells apart those of one
 * instant.
 */
export function recordingEnd(at: number, site: string | null, name?: string): ReportObservation {
  return {
    type: 'recording-ended',
    id: `recording-ended-${at}${name === undefined ? '' : `-${name}`}`,
    at,
    source: 'browser',
    cookieStore: 'default',
    tab: null,
    opener: null,
    site,
  };
}
