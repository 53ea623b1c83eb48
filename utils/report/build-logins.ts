import type { LocalizedFinding } from '../guidance/localize-findings.ts';
import { appOf, linkMode, type App } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import type { ApiFact, AttributedObservation, Observation } from '../model/observation.ts';
import type { Verdict } from '../model/verdict.ts';
import { evaluateCall } from '../verdict/attribute/evaluate-call.ts';
import { verdictOf } from '../verdict/decide/verdict.ts';
import { joinAnswers } from '../verdict/state/join-answers.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import type { ReportCall, ReportFinding, ReportLogin } from './document.ts';

/** Writes an app key as a report may hold it. */
export type MaskClientId = (clientId: string) => string;

/** What logins are judged by, and at which instant (epoch ms). */
interface JudgedRecords {
  loginState: LoginState;
  observations: readonly AttributedObservation[];
  evaluatedAt: number;
}

/** An instant (epoch ms) as reports write it. */
export const toIso = (at: number): string => new Date(at).toISOString();

/** Drops what the place of a finding in the report says already. */
export function buildFinding({
  login: _login,
  clientId: _clientId,
  observed,
  ...finding
}: LocalizedFinding): ReportFinding {
  return { ...finding, observed: observed.map(({ at, what }) => ({ at: toIso(at), what })) };
}

/** The logins of a report, each with its verdict, its calls and its findings. `mask` writes app keys. */
export function buildLogins(
  logins: readonly Login[],
  findings: readonly LocalizedFinding[],
  { loginState, observations, evaluatedAt }: JudgedRecords,
  mask: MaskClientId,
): ReportLogin[] {
  const calls = joinAnswers(observations).filter(
    (o): o is AttributedObservation & Observation<ApiFact> => o.type === 'api',
  );
  const callsByLogin = Map.groupBy(calls, (o) => o.loginId);
  const findingsByLogin = Map.groupBy(findings, (f) => f.login);
  return logins.map((login) => {
    const app = appOf(loginState, login.clientId);
    const verdict = verdictOf(login, app, evaluatedAt);
    return {
      ...buildLogin(login, verdict, mask),
      calls: (callsByLogin.get(login.id) ?? []).map((call) => buildCall(call, app)),
      findings: (findingsByLogin.get(login.id) ?? []).map(buildFinding),
    };
  });
}

function buildLogin(
  login: Login,
  verdict: Verdict,
  mask: MaskClientId,
): Omit<ReportLogin, 'calls' | 'findings'> {
  const { completedBy } = verdict;
  return {
    id: login.id,
    clientId: mask(login.clientId),
    site: login.site,
    redirectUri: login.redirectUri,
    startedAt: toIso(login.startedAt),
    loggedInAt: toIso(login.loggedInAt),
    deadline: toIso(verdict.deadline),
    kind: login.kind,
    kindBecause: login.kindBecause,
    certainty: login.certainty,
    verdict: verdict.verdict,
    verdictBecause: verdict.because,
    verdictCertainty: verdict.certainty,
    verdictDoubt: verdict.doubt,
    rehearsal: verdict.rehearsal,
    visibility: verdict.visibility,
    visibilityBecause: verdict.visibilityBecause,
    completedAt: completedBy && toIso(completedBy.at),
    completedBy: completedBy && { ...completedBy, at: toIso(completedBy.at) },
    account: login.label,
  };
}

function buildCall(call: Observation<ApiFact>, app: App): ReportCall {
  const { at, source, method, path, status, code, cached } = call;
  return {
    at: toIso(at),
    source,
    method,
    path,
    status,
    code,
    ...evaluateCall({ method, path, status, code, cached }, linkMode(app)),
  };
}
