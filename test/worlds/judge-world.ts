import { newApp } from '../../utils/model/app.ts';
import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { createLoginState } from '../../utils/verdict/login-state.ts';
import { replayOnto } from '../../utils/verdict/reduce.ts';
import { verdictOf } from '../../utils/verdict/verdict.ts';
import { findMistakes, type WrongAnswer } from './check.ts';
import { lengthInWords, START, type History } from './history.ts';
import type { TrueLogin } from './kakao.ts';
import { play, type Played } from './play.ts';
import { HarRecorder } from './record-har.ts';
import { LiveRecorder, type About, type Delivery } from './record-live.ts';
import { random } from './random.ts';

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

/** What a judge is given of a world, and which real logins its logins are of, by their ids. */
export interface Told {
  deliveries: Delivery[];
  about: About;
  skewAt(at: number): number;
  moved: number;
}

/** Plays a world and has it recorded; asynchronous where a file has to be read. */
export function record(history: History): { played: Played; told: Told | Promise<Told> } {
  const { setting } = history;
  if (setting.medium === 'har') {
    const recorder = new HarRecorder(setting);
    const played = play(history, recorder);
    recorder.keepOn(played.end + setting.judgedAfter);
    return {
      played,
      told: recorder.read().then((read) => ({ ...read, skewAt: () => 0, moved: 0 })),
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
    told: {
      deliveries,
      about,
      skewAt: (at) => skews.findLast((s) => s.at <= at)?.skew ?? 0,
      moved: Math.max(...values) - Math.min(...values),
    },
  };
}

/** Instants of judgement: some on the way, one after everything. */
function instants(history: History, played: Played, { deliveries }: Told): number[] {
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

function judge(history: History, played: Played, told: Told): Outcome {
  const { setting } = history;
  const modes = new Map(setting.apps.flatMap((a) => a.keys.map((k) => [k, a.mode])));
  const times = instants(history, played, told);
  const end = times.at(-1) ?? 0;
  const elsewhere = history.actions.some((a) => a.do === 'link-elsewhere')
    ? played.kakao.links.filter((l) => !played.logins.some((t) => t.link === l && t.first))
    : [];
  played.kakao.runJobs(end);
  const mistakes: Mistake[] = [];
  const outcome: Outcome = {
    logins: 0,
    certain: 0,
    doubtful: 0,
    open: { logins: 0, doubtful: 0 },
    vanished: 0,
    wrong: 0,
    undecidable: 0,
    mistakes,
  };
  const { deliveries } = told;
  const state = createLoginState();
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
    const now = at + told.skewAt(at);
    const met = new Set<TrueLogin>();
    for (const login of state.logins.values()) {
      const app = state.apps.get(login.clientId) ?? newApp(login.clientId);
      // A file cannot say what a tester set; the command line's `--link-mode` does.
      const mode = modes.get(login.clientId);
      const withMode =
        setting.medium === 'har' && setting.modesKnown && mode
          ? { ...app, linkModeOverride: mode }
          : app;
      const verdict = verdictOf(login, withMode, now);
      const real = told.about.get(login.id) ?? null;
      if (real) met.add(real);
      for (const wrong of findMistakes({ login, verdict }, real, {
        at,
        moved: told.moved,
        elsewhere,
      }))
        mistakes.push({ ...wrong, at, login, verdict, real });
      if (at !== end) continue;
      outcome.logins += 1;
      const doubtful = verdict.certainty === 'likely' || verdict.verdict === 'unseen';
      if (doubtful) outcome.doubtful += 1;
      else outcome.certain += 1;
      if (!setting.modesKnown || played.hidden) continue;
      outcome.open.logins += 1;
      if (doubtful) outcome.open.doubtful += 1;
    }
    if (at === end)
      outcome.vanished = played.logins.filter((l) => l.seenSteps > 0 && !met.has(l)).length;
  }
  const ids = (which: boolean) =>
    new Set(mistakes.filter((m) => m.undecidable === which).map((m) => m.login.id));
  outcome.wrong = ids(false).size;
  outcome.undecidable = [...ids(true)].filter((id) => !ids(false).has(id)).length;
  return outcome;
}

/** Plays a world, has it judged, and compares. */
export function judgeWorld(history: History): Outcome | Promise<Outcome> {
  const { played, told } = record(history);
  return told instanceof Promise
    ? told.then((read) => judge(history, played, read))
    : judge(history, played, told);
}

/** The observations that a judge is given of a world, in order of arrival. */
export async function observationsOf(history: History): Promise<Delivery[]> {
  return (await record(history).told).deliveries;
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
