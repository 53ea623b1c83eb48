import { isJoined } from '../../capture/back-end/joined-call.ts';
import { createTimeIndex } from '../../guidance/time-index.ts';
import { UNKNOWN_APP } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { AttributedObservation, AuthorizeFact, Observation } from '../../model/observation.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';

/** What one browser of several recorded, and the logins in it. */
export interface BrowserReplay {
  observations: readonly AttributedObservation[];
  loginState: LoginState;
}

/** A login that a HAR and a browser's own recording both hold. */
export interface Twins {
  inHar: RecordedLogin;
  inOwn: RecordedLogin;
}

/** Another recording that holds a login as well. */
export interface OtherRecording {
  /** Its number. */
  recording: number;
  /** The login's id there. */
  login: string;
  /** It holds what is seen of the login up to this instant, epoch ms. */
  until: number;
}

/** How far apart, at most, two recorders of one browser date the same request. */
const TOLERANCE_MS = 500;

/** A request of a login, as another recorder would describe it too. */
interface RecordedRequest {
  description: string;
  /** Epoch ms. */
  at: number;
}

interface RecordedLogin {
  login: Login;
  /** Number of its recording. */
  recording: number;
  isFromHar: boolean;
  /** When its recording ended, epoch ms. */
  endedAt: number;
  requests: RecordedRequest[];
}

/** Whether a recording is a HAR's; what is said of its apps and its end is no traffic. */
export const isFromHar = (observations: readonly Observation[]): boolean =>
  observations.every(
    (o) => o.cookieStore === 'har' || o.type === 'app' || o.type === 'recording-ended',
  );

/**
 * Finds the logins of HARs that a browser's own recording holds as well. No id is shared between recorders, so everything
 * else must agree: the app, site and redirect URI, and each request with its answer up to the HAR's end, within half a second;
 * and no third login may be as near.
 */
export function findTwins(replays: readonly BrowserReplay[]): Twins[] {
  const fromHar = replays.map(({ observations }) => isFromHar(observations));
  if (!fromHar.includes(true) || !fromHar.includes(false)) return [];
  const all = replays.flatMap((replay, i) => recordedLogins(replay, i, fromHar[i] ?? false));
  const bySlot = Map.groupBy(all, ({ login }) => slotOf(login.loggedInAt));
  const findNear = (one: RecordedLogin) => {
    const slot = slotOf(one.login.loggedInAt);
    return [slot - 1, slot, slot + 1]
      .flatMap((s) => bySlot.get(s) ?? [])
      .filter((other) => other !== one && isNear(other, one));
  };
  return all.flatMap((one) => {
    if (!one.isFromHar) return [];
    const [other, third] = findNear(one);
    if (!other || third || other.isFromHar) return [];
    const isSame = findNear(other).length === 1 && haveSameRequests(one, other);
    return isSame ? [{ inHar: one, inOwn: other }] : [];
  });
}

/** For each login that two recordings hold, by its id in either: the other recording. */
export function otherRecordings(twins: readonly Twins[]): ReadonlyMap<string, OtherRecording> {
  return new Map(
    twins.flatMap(({ inHar, inOwn }): [string, OtherRecording][] => [
      [inHar.login.id, { ...referenceTo(inOwn), until: Infinity }],
      [inOwn.login.id, { ...referenceTo(inHar), until: inHar.endedAt }],
    ]),
  );
}

const referenceTo = ({ recording, login }: RecordedLogin) => ({ recording, login: login.id });

/**
 * Gives the logins of a browser's own recording that read no bodies what a HAR of them tells of their links, for what is to be
 * derived anew. Not where several HARs tell it: each may have set Kakao's clock right by itself.
 */
export function shareBodies(twins: readonly Twins[], replays: readonly BrowserReplay[]): void {
  for (const [own, ofOwn] of Map.groupBy(twins, ({ inOwn }) => inOwn.recording)) {
    const logins = [...(replays[own]?.loginState.logins.values() ?? [])];
    const hars = new Set(ofOwn.map(({ inHar }) => inHar.recording));
    if (hars.size > 1 || logins.some((login) => login.connectedAt !== null)) continue;
    for (const { inHar, inOwn } of ofOwn) {
      inOwn.login.connectedAt = inHar.login.connectedAt;
      inOwn.login.notSignedUp ||= inHar.login.notSignedUp;
    }
  }
}

function recordedLogins(
  { loginState, observations }: BrowserReplay,
  recording: number,
  fromHar: boolean,
): RecordedLogin[] {
  const byLogin = Map.groupBy(observations, (o) => o.loginId);
  const authorizeRequests = observations.filter((o) => o.type === 'authorize');
  const index = createTimeIndex(authorizeRequests);
  // A back end's record may go on after the browser's.
  const own = observations.filter((o) => !isJoined(o));
  const endedAt = own.reduce((latest, o) => Math.max(latest, o.at), -Infinity);
  return [...loginState.logins.values()].map((login) => {
    const { cookieStore, tab, startedAt, loggedInAt } = login;
    const steps = index.between(cookieStore, tab, startedAt, loggedInAt);
    const requests = [
      ...steps.map(recordAuthorize),
      ...(byLogin.get(login.id) ?? []).flatMap(recordCall),
    ];
    // One recorder orders overlapping calls by their start, another by their end: so they are ordered by description.
    requests.sort((a, b) =>
      a.description === b.description ? a.at - b.at : a.description < b.description ? -1 : 1,
    );
    return { login, recording, isFromHar: fromHar, endedAt, requests };
  });
}

function recordAuthorize(o: Observation<AuthorizeFact>): RecordedRequest {
  return { description: `${o.method} ${o.status} ${o.outcome}`, at: o.at };
}

function recordCall(o: Observation): RecordedRequest[] {
  if (o.type !== 'token' && o.type !== 'api') return [];
  // What a back end's record tells is joined to each recording apart, as far as that one shows whose it is.
  if (isJoined(o)) return [];
  const path = o.type === 'api' ? o.path : 'token';
  const isFromServer = o.source === 'server';
  const isMaybeCached = o.type === 'api' && (o.cached || o.maybeCached === true);
  const description = `${o.method} ${path} ${o.status} ${isFromServer} ${isMaybeCached}`;
  return [{ description, at: o.at }];
}

/** Numbers the stretches of time within which two recorders may date one request differently. */
function slotOf(at: number): number {
  return Math.floor(at / TOLERANCE_MS);
}

function isNear({ login: a }: RecordedLogin, { login: b }: RecordedLogin): boolean {
  return (
    a.clientId === b.clientId &&
    a.clientId !== UNKNOWN_APP &&
    a.site === b.site &&
    a.redirectUri === b.redirectUri &&
    Math.abs(a.loggedInAt - b.loggedInAt) <= TOLERANCE_MS
  );
}

/** Whether a HAR holds the same of a login as a browser's own recording, which may have gone on. */
function haveSameRequests(
  { requests: a, endedAt }: RecordedLogin,
  { requests: all }: RecordedLogin,
): boolean {
  const b = all.filter(({ at }) => at <= endedAt + TOLERANCE_MS);
  return (
    a.length === b.length &&
    a.every(({ description, at }, i) => {
      const other = b[i];
      return description === other?.description && Math.abs(at - other.at) <= TOLERANCE_MS;
    })
  );
}
