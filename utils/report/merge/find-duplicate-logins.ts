import type { Login } from '../../model/login.ts';
import type { AuthorizeFact, Observation } from '../../model/observation.ts';
import type { BrowserPart } from './browser-parts.ts';
import { replayObservations } from '../replay-observations.ts';

/** How far apart, at most, two recorders of one browser tell the same step. */
const CLOSE_MS = 500;

interface Step {
  what: string;
  at: number;
}

interface Recorded {
  login: Login;
  isHar: boolean;
  steps: Step[];
}

/**
 * Ids of the logins of HARs that a browser's own recording tells as well. What is recorded names no login across
 * recorders, so it takes all of it: the same app, site, redirect URI, steps, calls and answers, each within half a second,
 * and no third login that may be meant. Where anything differs both stay, since one taken for the other could hide a miss.
 */
export function findDuplicateLogins(parts: readonly BrowserPart[]): Set<string> {
  const isHar = parts.map(({ observations }) => observations.every((o) => o.cookieStore === 'har'));
  if (!isHar.includes(true) || !isHar.includes(false)) return new Set();
  const all = parts.flatMap((part, i) => recorded(part, isHar[i] ?? false));
  const nearTo = (r: Recorded) => all.filter((other) => other !== r && isNear(other, r));
  const twice = all.filter((r) => {
    if (!r.isHar) return false;
    const [other, third] = nearTo(r);
    return (
      !!other &&
      !third &&
      !other.isHar &&
      nearTo(other).length === 1 &&
      sameSteps(r.steps, other.steps)
    );
  });
  return new Set(twice.map(({ login }) => login.id));
}

function recorded(part: BrowserPart, isHar: boolean): Recorded[] {
  const { loginState, observations } = replayObservations(part.observations);
  const calls = Map.groupBy(observations, (o) => o.loginId);
  const pages = observations.filter((o) => o.type === 'authorize');
  return [...loginState.logins.values()].map((login) => {
    const own = pages.filter(
      (o) => o.tab === login.tab && o.at >= login.startedAt && o.at <= login.loggedInAt,
    );
    const steps = [...own.map(pageStep), ...(calls.get(login.id) ?? []).flatMap(callStep)];
    // Of calls that overlap, one recorder tells the first to begin first, another the first to end.
    steps.sort((a, b) => (a.what === b.what ? a.at - b.at : a.what < b.what ? -1 : 1));
    return { login, isHar, steps };
  });
}

function pageStep(o: Observation<AuthorizeFact>): Step {
  return { what: `${o.method} ${o.status} ${o.outcome}`, at: o.at };
}

function callStep(o: Observation): Step[] {
  if (o.type !== 'token' && o.type !== 'api') return [];
  const path = o.type === 'api' ? o.path : 'token';
  return [{ what: `${o.method} ${path} ${o.status} ${o.source === 'server'}`, at: o.at }];
}

function isNear({ login: a }: Recorded, { login: b }: Recorded): boolean {
  return (
    a.clientId === b.clientId &&
    a.clientId !== 'unknown' &&
    a.site === b.site &&
    a.redirectUri === b.redirectUri &&
    Math.abs(a.loggedInAt - b.loggedInAt) <= CLOSE_MS
  );
}

function sameSteps(a: readonly Step[], b: readonly Step[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ what, at }, i) => what === b[i]?.what && Math.abs(at - b[i].at) <= CLOSE_MS)
  );
}
