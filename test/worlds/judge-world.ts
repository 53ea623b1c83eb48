import { newApp, type App } from '../../utils/model/app.ts';
import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { verdictOf } from '../../utils/verdict/decide/verdict.ts';
import { replayOnto } from '../../utils/verdict/reduce.ts';
import { createLoginState, type LoginState } from '../../utils/verdict/state/login-state.ts';
import { findMistakes, type WrongAnswer } from './check.ts';
import { lengthInWords, START, storeOf, type History } from './history.ts';
import type { Link, TrueLogin } from './kakao.ts';
import { play, type Played } from './play.ts';
import { random } from './random.ts';
import { HarRecorder } from './record-har.ts';
import { LiveRecorder, type About, type Delivery } from './record-live.ts';

/** What a judge said of a login, and what is wrong with it. */
export interface Mistake extends WrongAnswer {
  /** True time, epoch ms. */
  at: number;
  login: Login;
  verdict: Verdict;
  real: TrueLogin | null;
}

/** How a world came out. */
export interface Outcome {
  logins: number;
  /** Of the judged logins, as they stood at the end. */
  certain: number;
  doubtful: number;
  /** As above, where link modes were known and everything could be seen. */
  open: { logins: number; doubtful: number };
  /** Logins that the judge was given something of, and does not know. */
  vanished: number;
  /** Logins about which the judge was surely wrong at any instant. */
  wrong: number;
  undecidable: number;
  mistakes: Mistake[];
}

/** What was recorded of a world for a judge. */
export interface Recording {
  /** The observations, in order of arrival. */
  deliveries: Delivery[];
  /** Which real logins the judge's logins are of, by their ids. */
  about: About;
  /** How far the browser's clock was ahead at an instant (true time, epoch ms), in ms. */
  skewAt(at: number): number;
  /** How far the clock was moved in all, in ms. */
  moved: number;
}

/** Plays a world and has it recorded; asynchronous where a file has to be read. */
export function record(history: History): {
  played: Played;
  recording: Recording | Promise<Recording>;
} {
  const { setting } = history;
  if (setting.medium === 'har') {
    const recorder = new HarRecorder(setting);
    const played = play(history, recorder);
    recorder.keepOn(played.end + setting.judgedAfter);
    return {
      played,
      recording: recorder.read().then((read) => ({ ...read, skewAt: () => 0, moved: 0 })),
    };
  }
  const recorder = new LiveRecorder(setting);
  if (setting.modesKnown)
    for (const app of setting.apps)
      for (const key of app.keys) recorder.setMode(key, app.mode, START);
  const played = play(history, recorder);
  if (setting.recordedFor !== null) recorder.end(START + setting.recordedFor);
  const { skews, deliveries, about } = recorder;
  const values = skews.map((s) => s.skew);
  return {
    played,
    recording: {
      deliveries,
      about,
      skewAt: (at) => skews.findLast((s) => s.at <= at)?.skew ?? 0,
      moved: Math.max(...values) - Math.min(...values),
    },
  };
}

/** Instants of judgement: some on the way, one after everything. */
function instants(history: History, played: Played, { deliveries }: Recording): number[] {
  const end = played.end + history.setting.judgedAfter;
  if (history.setting.medium === 'har') return [end];
  const rng = random(history.setting.seed ^ 0x5bd1e995);
  const onTheWay = [1, 2, 3].flatMap(() => {
    if (deliveries.length < 3) return [];
    const i = rng.int(1, deliveries.length - 2);
    const from = deliveries[i]?.trueAt ?? end;
    const to = deliveries[i + 1]?.trueAt ?? end;
    return [from + Math.floor(rng.next() * Math.max(1, to - from))];
  });
  return [...onTheWay.sort((a, b) => a - b), end];
}

/** The links that were made on another device, without a login of the history, or in a private window that nobody sees into. */
function linksMadeElsewhere({ actions, setting }: History, { kakao, logins }: Played): Link[] {
  const isHidden = ({ tab }: TrueLogin) => storeOf(tab) === 'private' && !setting.privateSeen;
  const ofHidden = logins.filter((login) => login.first && isHidden(login)).map((l) => l.link);
  return actions.some((a) => a.do === 'link-elsewhere')
    ? kakao.links.filter(
        (l) => ofHidden.includes(l) || !logins.some((t) => t.link === l && t.first),
      )
    : ofHidden;
}

/** Makes what gives a login's app as it is judged: a file cannot say what a tester set; the command line's `--link-mode` does. */
function createAppLookup({ setting }: History, state: LoginState): (login: Login) => App {
  const modes = new Map(setting.apps.flatMap((a) => a.keys.map((k) => [k, a.mode])));
  return ({ clientId }) => {
    const app = state.apps.get(clientId) ?? newApp(clientId);
    const mode = modes.get(clientId);
    const isSetByHand = setting.medium === 'har' && setting.modesKnown && mode;
    return isSetByHand ? { ...app, linkModeOverride: mode } : app;
  };
}

/** Counts how the judged logins stand in the end. */
function countVerdicts(verdicts: readonly Verdict[], isOpen: boolean) {
  const doubtful = verdicts.filter(
    (v) => v.certainty === 'likely' || v.verdict === 'unseen',
  ).length;
  const logins = verdicts.length;
  const open = isOpen ? { logins, doubtful } : { logins: 0, doubtful: 0 };
  return { logins, certain: logins - doubtful, doubtful, open };
}

function judge(history: History, played: Played, recording: Recording): Outcome {
  const times = instants(history, played, recording);
  const end = times.at(-1) ?? 0;
  const elsewhere = linksMadeElsewhere(history, played);
  played.kakao.runJobs(end);
  const { deliveries, about, skewAt, moved } = recording;
  const state = createLoginState();
  const appOf = createAppLookup(history, state);
  const judgeAt = (at: number) => {
    const now = at + skewAt(at);
    return [...state.logins.values()].map((login) => ({
      login,
      verdict: verdictOf(login, appOf(login), now),
      real: about.get(login.id) ?? null,
    }));
  };
  const mistakes: Mistake[] = [];
  let judged: ReturnType<typeof judgeAt> = [];
  // The judge goes on from one instant to the next, as the worker does.
  let given = 0;
  for (const at of times) {
    const next = at === end ? -1 : deliveries.findIndex((d) => d.trueAt > at);
    const upTo = next === -1 ? deliveries.length : next;
    replayOnto(
      state,
      deliveries.slice(given, upTo).map((d) => d.observation),
    );
    given = upTo;
    judged = judgeAt(at);
    const ofKnown = new Set(judged.flatMap(({ real }) => (real?.first ? [real.link] : [])));
    for (const one of judged)
      for (const wrong of findMistakes(one, one.real, { at, moved, elsewhere, ofKnown }))
        mistakes.push({ ...wrong, ...one, at });
  }
  const known = new Set(judged.map(({ real }) => real));
  const idsOf = (isUndecidable: boolean) =>
    new Set(mistakes.filter((m) => m.undecidable === isUndecidable).map((m) => m.login.id));
  const wrong = idsOf(false);
  return {
    ...countVerdicts(
      judged.map(({ verdict }) => verdict),
      history.setting.modesKnown && !played.hidden,
    ),
    vanished: played.logins.filter((l) => l.seenSteps > 0 && !known.has(l)).length,
    wrong: wrong.size,
    undecidable: [...idsOf(true)].filter((id) => !wrong.has(id)).length,
    mistakes,
  };
}

/** Plays a world, has it judged, and compares. */
export function judgeWorld(history: History): Outcome | Promise<Outcome> {
  const { played, recording } = record(history);
  return recording instanceof Promise
    ? recording.then((read) => judge(history, played, read))
    : judge(history, played, recording);
}

/** The observations that a judge is given of a world, in order of arrival. */
export async function observationsOf(history: History): Promise<Delivery[]> {
  return (await record(history).recording).deliveries;
}

/** A mistake as one line. */
export function mistakeInWords({
  at,
  login,
  verdict,
  real,
  why,
  wrong,
  undecidable,
}: Mistake): string {
  const truth = real
    ? `login ${real.number} (${real.link.who}-${real.link.app.name}, ${real.first ? 'first' : 'repeat'}, at +${lengthInWords(real.at - START)})`
    : `no login (+${lengthInWords(login.loggedInAt - START)})`;
  return `at +${lengthInWords(at - START)} ${truth} is said to be ${wrong === 'kind' ? `certainly ${login.kind}` : `certainly ${verdict.verdict}`}: ${why}${undecidable ? ' [undecidable]' : ''}`;
}
