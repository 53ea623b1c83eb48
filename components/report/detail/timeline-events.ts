import type { Login } from '../../../utils/model/login.ts';
import type { AttributedObservation, Observation } from '../../../utils/model/observation.ts';
import { HOUR_MS } from '../../../utils/model/time.ts';
import type { Verdict } from '../../../utils/model/verdict.ts';
import { joinAnswers } from '../../../utils/verdict/state/join-answers.ts';

/** One thing that was observed around a login, or an instant that counts for it; `at` is epoch ms. */
export type TimelineEvent =
  | { at: number; what: 'seen'; observation: Observation }
  | { at: number; what: 'logged-in' | 'deadline' | 'cut-from' | 'cut-to' | 'now' };

/** How long before and after a login the tester's steps still belong to it. */
const STEP_MS = HOUR_MS;

/** Returns everything that is known of a login, in order of time; `now` is epoch ms. */
export function timelineEvents(
  login: Login,
  verdict: Verdict,
  observations: readonly AttributedObservation[],
  now: number,
): TimelineEvent[] {
  const end = Math.max(verdict.cutBand?.to ?? verdict.deadline, login.loggedInAt);
  const seen = observationsAround(login, joinAnswers(observations), end);
  const events: TimelineEvent[] = seen.map((observation) => ({
    at: observation.at,
    what: 'seen',
    observation,
  }));
  events.push({ at: login.loggedInAt, what: 'logged-in' });
  if (verdict.verdict !== 'not-applicable') {
    events.push({ at: verdict.deadline, what: 'deadline' });
    if (verdict.cutBand) {
      if (verdict.cutBand.from !== verdict.deadline)
        events.push({ at: verdict.cutBand.from, what: 'cut-from' });
      events.push({ at: verdict.cutBand.to, what: 'cut-to' });
    }
    if (now < end) events.push({ at: now, what: 'now' });
  }
  return events.sort((a, b) => a.at - b.at);
}

/** Returns a login's own observations up to an end (epoch ms), with the last step that was marked before it. */
function observationsAround(
  login: Login,
  observations: readonly AttributedObservation[],
  end: number,
): Observation[] {
  const own = new Map<string, Observation>();
  let step: Observation | null = null;
  for (const o of observations) {
    if (isStepBefore(o, login)) step = o;
    if (o.loginId === login.id || o.id === login.id || isPartOf(o, login, end)) own.set(o.id, o);
  }
  if (step) own.set(step.id, step);
  return [...own.values()];
}

/** Tells whether a tester marked a step shortly before a login: for all tabs, or in the login's own. */
function isStepBefore(o: Observation, login: Login): boolean {
  const before = login.startedAt - o.at;
  return o.type === 'step' && before >= 0 && before < STEP_MS && mayBeIn(o, login);
}

/** Tells whether an observation was made in a login's tab, or in none at all. */
function mayBeIn({ tab }: Observation, login: Login): boolean {
  return tab === null || tab === login.tab || tab === login.opener;
}

/** Tells whether an observation that was attributed to no login belongs to the story of this one. */
function isPartOf(o: AttributedObservation, login: Login, end: number): boolean {
  if (o.at < login.startedAt || o.at > end) return false;
  if (o.type === 'authorize' || o.type === 'arrival')
    return (
      o.at <= login.loggedInAt &&
      !o.loginId &&
      o.cookieStore === login.cookieStore &&
      o.tab !== null &&
      (o.tab === login.tab || o.tab === login.opener)
    );
  if (o.type === 'watch') return o.site === login.site;
  // A tester says what comes next; what was done hours later was about something else.
  if (o.type === 'step') return o.at <= login.loggedInAt + STEP_MS && mayBeIn(o, login);
  return o.type === 'pause' || o.type === 'start' || o.type === 'loss';
}
