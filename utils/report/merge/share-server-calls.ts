import { withoutDuplicateReports } from '../../capture/back-end/duplicate-reports.ts';
import { insertInTime } from '../../capture/back-end/join-calls.ts';
import { isJoined, joinedCallOf } from '../../capture/back-end/joined-call.ts';
import { replayObservations, type ReportObservation } from '../replay/replay-observations.ts';
import { findTwins, isFromHar, type Twins } from '../replay/twin-logins.ts';
import type { BrowserRecording } from './split-by-browser.ts';

/**
 * Gives a browser's own recording the calls of a back end's record that a HAR of the same logins shows to be theirs: a HAR
 * knows codes and traces, a report only instants. What the recording had of such a call before is left out.
 */
export function shareServerCalls(recordings: readonly BrowserRecording[]): void {
  const fromHar = recordings.map(({ observations }) => isFromHar(observations));
  const hasCalls = recordings.some((r, i) => fromHar[i] && r.observations.some(isJoined));
  if (!hasCalls || !fromHar.includes(false)) return;
  const twins = findTwins(
    // A site's own report of a call that the record shows as well is not in the HAR's any more.
    recordings.map(({ observations }) =>
      replayObservations(observations.filter((o) => o.source !== 'server')),
    ),
  );
  const replays = new Map<number, readonly ReportObservation[]>();
  for (const [own, ofOwn] of Map.groupBy(twins, ({ inOwn }) => inOwn.recording)) {
    const recording = recordings[own];
    if (!recording) continue;
    const calls = ofOwn.flatMap((twin) => {
      const { recording: har } = twin.inHar;
      const replayed =
        replays.get(har) ?? replayObservations(recordings[har]?.observations ?? []).observations;
      replays.set(har, replayed);
      return replayed.filter((o) => isOfLogin(twin.inHar, o)).map((o) => asOwn(twin, o));
    });
    const sure = calls.filter(isSure);
    const known = new Set(sure.map(joinedCallOf));
    const ids = new Set(calls.map(({ id }) => id));
    const others = recording.observations.filter(
      (o) => !ids.has(o.id) && !(isJoined(o) && known.has(joinedCallOf(o))),
    );
    recording.observations = insertInTime(withoutDuplicateReports(others, sure), calls);
  }
}

/** Whether a HAR's observation is what a back end's record says of a login, in the tab where that ended. */
function isOfLogin({ login }: Twins['inHar'], o: ReportObservation): boolean {
  return isJoined(o) && o.loginId === login.id && o.tab === login.tab;
}

/** Whether a call was surely made with the login's token: one that may be another's names its user, for all that is told. */
function isSure(o: ReportObservation): boolean {
  return o.type === 'token' || (o.type === 'api' && o.target === undefined);
}

/** A HAR's observation as the browser's own recording would tell it: by its clock, and without the HAR's names of users. */
function asOwn({ inHar, inOwn }: Twins, o: ReportObservation): ReportObservation {
  const { cookieStore, tab, loggedInAt } = inOwn.login;
  const ahead = loggedInAt - inHar.login.loggedInAt;
  const { loginId: _loginId, ...fact } = o;
  const own = { ...fact, id: `${o.id}~own`, at: o.at + ahead, cookieStore, tab };
  if ('account' in own) own.account = null;
  if ('target' in own && own.target !== undefined) own.target = 'other';
  if ('codeAt' in own && own.codeAt !== undefined) own.codeAt += ahead;
  if ('sentAt' in own && own.sentAt !== undefined) own.sentAt += ahead;
  if ('tokenIssuedAt' in own && own.tokenIssuedAt !== undefined) own.tokenIssuedAt += ahead;
  return own;
}
