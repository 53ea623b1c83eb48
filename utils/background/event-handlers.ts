import { findTabContext } from '../browser/tab-context.ts';
import type { PressedTab } from '../browser/shortcuts.ts';
import type { BrowserDetails } from '../browser/traffic.ts';
import type { WorkerMemory } from '../browser/worker-memory.ts';
import type { WebRequestEvent } from '../capture/web-request.ts';
import { parseCommand, type CommandResult } from '../model/command.ts';
import type { Observation } from '../model/observation.ts';
import { SECOND_MS } from '../model/time.ts';
import { readLastInstant } from '../store/recent-ids.ts';
import { answerMessage, runCommand, type AnswerPorts } from './commands.ts';
import { createObservation } from './create-observation.ts';
import { createKnownAccess, type KnownAccess } from './known-access.ts';
import { captureEvent, isAnswered, observeEvent, type CapturedEvent } from './record-traffic.ts';
import { createObservationKeeper, type ObservationKeeper } from './observation-keeper.ts';
import { createPagesWithToken } from './pages-with-token.ts';
import type { PrivateRecords } from './private-records.ts';
import { isPaused } from './is-paused.ts';
import { createReconciling } from './reconciling.ts';
import type { Recorder } from './recorder.ts';
import { SerialQueue } from './serial-queue.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';
import { markStep } from './step-marker.ts';
import { takeOver } from './take-over.ts';
import { createTrafficLimit } from './traffic-limit.ts';
import { createUnfinishedWork, type UnfinishedWork } from './unfinished-work.ts';

/** The browser, which has much to do then, tells of its start, or of a new version's, within this time. */
const START_TOLD_MS = 10 * SECOND_MS;

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
  /** Asks the browser anew and reconciles: access has changed, or the alarm went off. */
  reconcile(): void;
  /** The same where the browser, or a version of the extension, has just started. */
  hasStarted(): void;
}

/**
 * Makes the handlers. First of all they record what `memory` says of earlier workers: that the browser has just started,
 * that something may be lost because a worker was ended early, and the events which that one had begun with. What private
 * windows show goes to `privateRecords` wherever this worker's database is on the disk. What the popup shows first is kept
 * up to date in `snapshots`.
 */
export function createEventHandlers(
  recorder: Recorder,
  memory: WorkerMemory<CapturedEvent>,
  privateRecords: PrivateRecords,
  snapshots: SnapshotKeeper,
): EventHandlers {
  const queue = new SerialQueue();
  const access = createKnownAccess();
  const limit = createTrafficLimit();
  const reconciling = createReconciling(recorder, access, privateRecords, {
    before: () => inTurn(async () => {}),
    after: () => snapshots.refresh(),
  });
  const work = createUnfinishedWork(memory, Date.now());
  const runName = work.left.then(({ run }) => run);
  const pages = createPagesWithToken(
    work.left.then(({ pagesWithToken }) => pagesWithToken),
    (all) => void memory.keepPages(all).catch(tell),
  );
  const keeper = createObservationKeeper(recorder, privateRecords, () => reconciling.soon());
  const observe = (event: CapturedEvent) => observeEvent(event, runName, access, pages);
  const answerPorts = createAnswerPorts(access, runName);

  /** Runs a task after all that came before it was handed to the recorder. */
  const inTurn = <T>(task: () => Promise<T>) =>
    queue.add(() => {
      keeper.flush();
      return task();
    });
  /** The same where nobody waits for the task. */
  const doInTurn = (task: () => Promise<unknown>) => void inTurn(task).catch(tell);

  /** Something is known to have started the extension. */
  let isStartKnown = false;
  doInTurn(async () => {
    const seenUntil = await recordLeftWork(work, recorder, keeper, observe);
    if (seenUntil === null) return;
    // A person may have switched the extension off and on again: nothing else goes without a word.
    const noteSwitchedOff = async () => {
      if (isStartKnown) return;
      await keeper.keepNow(createObservation({ type: 'loss' }, 'browser', seenUntil));
    };
    setTimeout(() => doInTurn(noteSwitchedOff), START_TOLD_MS);
  });
  // Whatever started the worker, what is shown may be out of date; but first comes the event that woke it.
  reconciling.later();

  return {
    onSent: (requestId) => work.awaitAnswer(requestId, Date.now()),
    onRequest(event, details) {
      const captured = captureEvent(event, details, pages);
      if (!captured) return work.answered(details.requestId);
      const isWrittenAtOnce =
        queue.isIdle && keeper.isRested() && recorder.isIdle() && isAnswered(captured, access);
      const key = work.begin(captured, Date.now(), isWrittenAtOnce);
      work.answered(details.requestId);
      const finish = () => work.finish(key);
      const observing = observe(captured);
      observing.catch(finish);
      const record = async () => {
        const admitted = limit.admit(await observing, captured.inSubFrame);
        void keeper.record(admitted).catch(tell).then(finish);
      };
      queue.add(record).catch(tell);
    },
    async onMessage(message) {
      const result = await inTurn(() =>
        answerMessage(recorder, message, Date.now(), answerPorts, privateRecords),
      );
      const type = parseCommand(message)?.type;
      // What was cleared, or seen in a pause, must not come back with the next worker, nor show for a moment.
      if (type === 'clear' || type === 'pause') await work.removeFinished();
      if (type === 'clear') {
        pages.forget();
        await snapshots.clear();
      }
      // Not sooner: a reconcile that waits already would run before the command.
      reconciling.anew();
      return result;
    },
    toggleRecording: () =>
      doInTurn(async () => {
        await pauseOrResume(recorder, privateRecords);
        await work.removeFinished();
        reconciling.now();
      }),
    privateWindowsClosed: () => doInTurn(() => privateRecords.clear()),
    markStep: (tab) => doInTurn(() => markStep(tab, Date.now(), answerPorts, keeper.keepNow)),
    reconcile: () => reconciling.anew(),
    hasStarted() {
      isStartKnown = true;
      reconciling.anew();
    },
  };
}

/**
 * Records what earlier workers left. Returns until when the run of the extension before this one saw traffic, epoch ms; null
 * where this worker is not the first of its run, or none is known before it.
 */
async function recordLeftWork(
  work: UnfinishedWork<CapturedEvent>,
  recorder: Recorder,
  keeper: ObservationKeeper,
  observe: (event: CapturedEvent) => Promise<Observation[]>,
): Promise<number | null> {
  const left = await work.left;
  const seenUntil = left.isNew
    ? await recorder.withTracking(readLastInstant).catch(() => null)
    : null;
  const taken = await takeOver(recorder, left, observe, Date.now());
  void keeper.record(taken).catch(tell).then(work.finishLeft);
  return seenUntil;
}

function tell(error: unknown): void {
  console.error(error);
}

function createAnswerPorts(access: KnownAccess, runName: Promise<string>): AnswerPorts {
  return {
    placeOf: (tabId) => findTabContext(tabId, runName),
    isWatched: (site) => access.has(site),
  };
}

async function pauseOrResume(recorder: Recorder, privateRecords: PrivateRecords): Promise<void> {
  const paused = !(await isPaused(recorder));
  await runCommand(recorder, { type: 'pause', paused }, Date.now(), privateRecords);
}
