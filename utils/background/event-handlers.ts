import { resolveTabContext } from '../browser/tab-context.ts';
import type { PressedTab } from '../browser/shortcuts.ts';
import type { BrowserDetails } from '../browser/traffic.ts';
import type { WorkerMemory } from '../browser/worker-memory.ts';
import type { WebRequestEvent } from '../capture/web-request.ts';
import { parseCommand, type CommandResult } from '../model/command.ts';
import type { Observation } from '../model/observation.ts';
import { createBatcher } from './batcher.ts';
import { answerMessage, runCommand } from './commands.ts';
import { createKnownAccess } from './known-access.ts';
import { captureEvent, isAnswered, observeEvent, type CapturedEvent } from './record-traffic.ts';
import { isPaused } from './is-paused.ts';
import { isHidden, type Intake, type PrivateRecords } from './private-records.ts';
import { createReconciler } from './reconcile.ts';
import type { Recorder } from './recorder.ts';
import { SerialQueue } from './serial-queue.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';
import { markStep } from './step-marker.ts';
import { takeOver } from './take-over.ts';
import { createThrottle } from './throttle.ts';
import { createTrafficLimit } from './traffic-limit.ts';
import { createUnfinishedWork } from './unfinished-work.ts';

/** How long reconciling rests while nothing but traffic asks for it. */
const REST_MS = 1000;

/**
 * How long storing rests: what comes meanwhile is noted in the worker's memory and goes into one transaction, which costs
 * several times as much as the note.
 */
const STORING_REST_MS = 200;

/** What the worker does on each of the browser's events, one after the other in the order they came. None throws. */
export interface EventHandlers {
  /** A request to Kakao is on its way: its answer is still to come. */
  onSent(requestId: string): void;
  /** Records what a webRequest event says of a Kakao login. */
  onRequest(event: WebRequestEvent, details: BrowserDetails): void;
  /** Carries out a command of one of the extension's pages. */
  onMessage(message: unknown): Promise<CommandResult>;
  /** Pauses recording, or resumes it where it is paused. */
  toggleRecording(): void;
  /** Forgets what private windows showed, and what of it is on its way: the last of them was closed. */
  privateWindowsClosed(): void;
  /** Marks a step of the test in the tab in front. */
  markStep(tab: PressedTab): void;
  /** Asks the browser anew and reconciles: access has changed, the alarm went off, the browser or a new version started. */
  reconcile(): void;
}

/**
 * Makes the handlers. First of all they record what `memory` says of earlier workers: that the browser has just started,
 * that something may be lost because a worker was ended early, and the events which that one had begun with. What private
 * windows show goes to `hidden` wherever this worker's database is on the disk. What the popup shows first is kept up to date
 * in `snapshots`.
 */
export function createEventHandlers(
  recorder: Recorder,
  memory: WorkerMemory<CapturedEvent>,
  hidden: PrivateRecords,
  snapshots: SnapshotKeeper,
): EventHandlers {
  const queue = new SerialQueue();
  const access = createKnownAccess();
  const limit = createTrafficLimit();
  const reconciler = createReconciler(recorder, access);
  const reconciling = createThrottle(async () => {
    // What has come already, or comes along with the trigger, is recorded first: it waits for nothing else.
    await new Promise((done) => setTimeout(done));
    await inTurn(async () => {});
    await reconciler.reconcile(Date.now());
    snapshots.refresh();
  }, REST_MS);
  const work = createUnfinishedWork(memory, Date.now());
  const runName = work.left.then(({ run }) => run);

  const tell = (error: unknown) => console.error(error);
  /** Runs a task after all that came before it was handed to the recorder. */
  const inTurn = <T>(task: () => Promise<T>) =>
    queue.add(() => {
      storing.flush();
      return task();
    });

  const reconcileAnew = () => {
    reconciler.forget();
    reconciling.now();
  };

  const storing = createBatcher<Observation>(async (observations) => {
    if (await recorder.record(observations)) reconciling.soon();
  }, STORING_REST_MS);

  /** Records without making the next event wait. */
  const record = async (observations: Observation[]) => {
    const [first] = observations;
    if (!first) return;
    // Whatever one event says was made in one place. What earlier workers left is taken apart below.
    if (isHidden(first)) return hidden.add(observations, () => intakeOf(recorder));
    await storing.add(observations);
  };

  /** Records an observation in its turn; resolves to whether it is kept. */
  const keep = async (observation: Observation) => {
    if (isHidden(observation)) await hidden.add([observation]);
    else await recorder.record([observation]);
    return recorder.health().problem === null;
  };

  const observe = (event: CapturedEvent) => observeEvent(event, runName, access);

  inTurn(async () => {
    const taken = await takeOver(recorder, await work.left, observe, Date.now());
    const [own, others] = [taken.filter(isHidden), taken.filter((o) => !isHidden(o))];
    void Promise.all([record(own), record(others)])
      .catch(tell)
      .then(work.finishLeft);
  }).catch(tell);
  // Whatever started the worker, what is shown may be out of date; but first comes the event that woke it.
  reconciling.later();

  const answerPorts = {
    placeOf: (tabId: number) => resolveTabContext({ tabId }, runName),
    isWatched: (site: string) => access.has(site),
  };

  return {
    onSent: (requestId) => work.awaitAnswer(requestId, Date.now()),
    onRequest(event, details) {
      const captured = captureEvent(event, details);
      if (!captured) return work.answered(details.requestId);
      const isWrittenAtOnce =
        queue.isIdle && storing.isRested() && recorder.isIdle() && isAnswered(captured, access);
      const key = work.begin(captured, Date.now(), isWrittenAtOnce);
      work.answered(details.requestId);
      const observing = observe(captured);
      observing.catch(() => work.finish(key));
      queue
        .add(async () => {
          void record(limit.admit(await observing, captured.inSubFrame))
            .catch(tell)
            .then(() => work.finish(key));
        })
        .catch(tell);
    },
    async onMessage(message) {
      const result = await inTurn(() =>
        answerMessage(recorder, message, Date.now(), answerPorts, hidden),
      );
      const type = parseCommand(message)?.type;
      // What was cleared, or seen in a pause, must not come back with the next worker, nor show for a moment.
      if (type === 'clear' || type === 'pause') await work.removeFinished();
      if (type === 'clear') await snapshots.clear();
      // Not sooner: a reconcile that waits already would run before the command.
      reconcileAnew();
      return result;
    },
    toggleRecording() {
      inTurn(async () => {
        const paused = await recorder.withTracking(async (_db, { pausedAt }) => pausedAt !== null);
        await runCommand(recorder, { type: 'pause', paused: !paused }, Date.now());
        await work.removeFinished();
        reconciling.now();
      }).catch(tell);
    },
    privateWindowsClosed() {
      inTurn(() => hidden.clear()).catch(tell);
    },
    markStep(tab) {
      inTurn(() => markStep(tab, Date.now(), answerPorts, keep)).catch(tell);
    },
    reconcile: reconcileAnew,
  };
}

/** What is taken of private windows. While the database fails, nothing is known of watched sites. */
async function intakeOf(recorder: Recorder): Promise<Intake> {
  if (await isPaused(recorder)) return 'nothing';
  try {
    const { watchedOnly } = await recorder.settings();
    const sites = await recorder.withTracking(async (_db, tracking) => tracking.sites);
    return { sites, watchedOnly };
  } catch {
    return { sites: {}, watchedOnly: false };
  }
}
