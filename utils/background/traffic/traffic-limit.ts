import { keepLatest } from '../../model/keep-latest.ts';
import type { AuthorizeFact, FrameFact, Observation, PollFact } from '../../model/observation.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/time.ts';
import { createLoss } from '../record/create-observation.ts';

/** How many steps of logins the hidden and visible frames of a tab may add a minute: a login in a frame has three or four. */
const MOST_IN_FRAMES = 30;
/** The same of a whole tab: tests that log in by themselves come nowhere near. */
const MOST_IN_TAB = 240;
/** The same step, again this soon and with nothing else in between, says nothing new. */
const REPEAT_MS = 10 * SECOND_MS;
/** How many tabs are remembered; of more, the oldest is forgotten. */
const MOST_TABS = 200;

/** Keeps what any page can cause, steps of logins, from filling the database. */
export interface TrafficLimit {
  /** Of what one event says, what is to be recorded; in its place a loss where something is left out that may matter. */
  admit(observations: readonly Observation[], inSubFrame: boolean): Observation[];
}

/** What any page can cause, watched or not. */
type Step = Observation<AuthorizeFact> | Observation<FrameFact> | Observation<PollFact>;

interface TabCount {
  /** When its minute began, epoch ms. */
  since: number;
  inFrames: number;
  all: number;
  /** What was last noted as left out, and how many observations had been admitted then. */
  noted: { leftOut: 'steps' | 'logins'; after: number } | null;
}

/** Makes a limit that has admitted nothing yet. */
export function createTrafficLimit(): TrafficLimit {
  const tabs = new Map<string, TabCount>();
  let admitted = 0;
  let last: Observation | null = null;

  const take = (o: Observation): Observation[] => {
    admitted += 1;
    last = o;
    return [o];
  };

  const admitStep = (step: Step, inSubFrame: boolean): Observation[] => {
    if (inSubFrame && (isOfNoFlow(step) || (last && repeats(step, last)))) return [];
    const tab = countOf(tabs, step);
    tab.all += 1;
    if (inSubFrame) tab.inFrames += 1;
    if (tab.all <= MOST_IN_TAB && (!inSubFrame || tab.inFrames <= MOST_IN_FRAMES))
      return take(step);
    // Whatever is recorded next must know of it; what is left out until then adds nothing to that.
    const leftOut = isLogin(step) ? 'logins' : 'steps';
    const isNoted =
      tab.noted?.after === admitted && ['logins', leftOut].includes(tab.noted.leftOut);
    if (isNoted) return [];
    const loss = take(createLoss(step, leftOut));
    tab.noted = { leftOut, after: admitted };
    return loss;
  };

  return {
    admit: (observations, inSubFrame) =>
      observations.flatMap((o) => (isStep(o) ? admitStep(o, inSubFrame) : take(o))),
  };
}

function isStep(o: Observation): o is Step {
  return o.type === 'authorize' || o.type === 'frame' || o.type === 'poll';
}

/** Whether a step ends a flow with a login. */
function isLogin(step: Step): boolean {
  return step.type === 'authorize' && (step.outcome === 'code' || step.outcome === 'token');
}

/** Whether a step begins no flow and goes on with none: an error page that a frame of an unwatched site came upon. */
function isOfNoFlow(step: Step): boolean {
  const isErrorPage = step.type === 'authorize' && step.outcome === 'error-page';
  return isErrorPage && !step.fromKakao && !step.watched;
}

/** Whether a step that ends no flow is the one before it once more. */
function repeats(step: Step, last: Observation): boolean {
  if (isLogin(step) || step.at - last.at > REPEAT_MS) return false;
  const content = (o: Observation) => JSON.stringify({ ...o, id: '', at: 0, sentAt: 0 });
  return content(step) === content(last);
}

function countOf(tabs: Map<string, TabCount>, { tab, cookieStore, at }: Step): TabCount {
  const key = `${cookieStore}|${tab ?? '-'}`;
  const known = tabs.get(key);
  const isOver = known && (at < known.since || at - known.since >= MINUTE_MS);
  if (known && !isOver) return known;
  const count = { since: at, inFrames: 0, all: 0, noted: known?.noted ?? null };
  tabs.set(key, count);
  keepLatest(tabs, MOST_TABS);
  return count;
}
