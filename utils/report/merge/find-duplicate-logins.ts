import { createTimeIndex } from '../../guidance/time-index.ts';
import { UNKNOWN_APP } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import type { AuthorizeFact, Observation } from '../../model/observation.ts';
import { replayObservations } from '../replay-observations.ts';
import type { BrowserRecording } from './split-by-browser.ts';

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
  isFromHar: boolean;
  requests: RecordedRequest[];
}

/**
 * Finds the logins of HARs (by id) that a browser's own recording holds as well. No id is shared between recorders, so
 * everything else must agree: the app, site and redirect URI, and each request with its answer, within half a second;
 * and no third login may be as near. Where anything differs both logins stay, because hiding the wrong one could hide
 * a miss.
 */
export function findDuplicateLogins(recordings: readonly BrowserRecording[]): Set<string> {
  const fromHar = recordings.map((r) => r.observations.every((o) => o.cookieStore === 'har'));
  if (!fromHar.includes(true) || !fromHar.includes(false)) return new Set();
  const all = recordings.flatMap((recording, i) => recordedLogins(recording, fromHar[i] ?? false));
  const bySlot = Map.groupBy(all, ({ login }) => slotOf(login.loggedInAt));
  const findNear = (one: RecordedLogin) => {
    const slot = slotOf(one.login.loggedInAt);
    return [slot - 1, slot, slot + 1]
      .flatMap((s) => bySlot.get(s) ?? [])
      .filter((other) => other !== one && isNear(other, one));
  };
  const isDuplicate = (one: RecordedLogin) => {
    if (!one.isFromHar) return false;
    const [other, third] = findNear(one);
    if (!other || third || other.isFromHar) return false;
    return findNear(other).length === 1 && haveSameRequests(one, other);
  };
  return new Set(all.filter(isDuplicate).map(({ login }) => login.id));
}

function recordedLogins(recording: BrowserRecording, isFromHar: boolean): RecordedLogin[] {
  const { loginState, observations } = replayObservations(recording.observations);
  const byLogin = Map.groupBy(observations, (o) => o.loginId);
  const authorizeRequests = observations.filter((o) => o.type === 'authorize');
  const index = createTimeIndex(authorizeRequests);
  return [...loginState.logins.values()].map((login) => {
    const { cookieStore, tab, startedAt, loggedInAt } = login;
    const own = index.between(cookieStore, tab, startedAt, loggedInAt);
    const requests = [
      ...own.map(recordAuthorize),
      ...(byLogin.get(login.id) ?? []).flatMap(recordCall),
    ];
    // One recorder orders overlapping calls by their start, another by their end: so they are ordered by description.
    requests.sort((a, b) =>
      a.description === b.description ? a.at - b.at : a.description < b.description ? -1 : 1,
    );
    return { login, isFromHar, requests };
  });
}

function recordAuthorize(o: Observation<AuthorizeFact>): RecordedRequest {
  return { description: `${o.method} ${o.status} ${o.outcome}`, at: o.at };
}

function recordCall(o: Observation): RecordedRequest[] {
  if (o.type !== 'token' && o.type !== 'api') return [];
  const path = o.type === 'api' ? o.path : 'token';
  const isFromServer = o.source === 'server';
  return [{ description: `${o.method} ${path} ${o.status} ${isFromServer}`, at: o.at }];
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

function haveSameRequests({ requests: a }: RecordedLogin, { requests: b }: RecordedLogin): boolean {
  return (
    a.length === b.length &&
    a.every(({ description, at }, i) => {
      const other = b[i];
      return description === other?.description && Math.abs(at - other.at) <= TOLERANCE_MS;
    })
  );
}
