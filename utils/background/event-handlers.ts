import type { PressedTab } from '../browser/shortcuts.ts';
import { findTabContext } from '../browser/tab-context.ts';
import type { BrowserDetails } from '../browser/traffic.ts';
import type { WorkerMemory } from '../browser/worker-memory.ts';
import type { WebRequestEvent } from '../capture/web-request.ts';
import { parseCommand, type CommandResult } from '../model/command.ts';
import { answerMessage, runCommand, type Records, type TabPorts } from './commands.ts';
import { createReconcileSchedule, type ReconcileSchedule } from './reconcile/reconcile-schedule.ts';
import type { SnapshotKeeper } from './reconcile/snapshot-keeper.ts';
import { isPaused } from './record/is-paused.ts';
import { createObservationKeeper } from './record/observation-keeper.ts';
import type { PrivateRecords } from './record/private-records.ts';
import type { Recorder } from './record/recorder.ts';
import { markStep } from './step-marker.ts';
import { logError } from './tasks/log-error.ts';
import { SerialQueue } from './tasks/serial-queue.ts';
import { observeEvent, type CapturedEvent } from './traffic/captured-event.ts';
import { createKnownAccess } from './traffic/known-access.ts';
import { createPagesWithToken } from './traffic/pages-with-token.ts';
import { createRequestRecorder, type RequestRecorderParts } from './traffic/request-recorder.ts';
import { createTurns, type Turns } from './turns.ts';
import { createUnfinishedWork } from './unfinished/unfinished-work.ts';
import { recordWorkerStart, type WorkerStartParts } from './worker-start.ts';

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

/** What the handlers work with. */
interface WorkerParts extends Records, RequestRecorderParts, WorkerStartParts, Turns {
  snapshots: SnapshotKeeper;
  schedule: ReconcileSchedule;
  tabPorts: TabPorts;
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
  const parts = assembleParts(recorder, memory, privateRecords, snapshots);
  const { work, keeper, schedule, tabPorts, doInTurn, afterAllKept } = parts;

  const start = recordWorkerStart(parts);
  // Whatever started the worker, what is shown may be out of date; but first comes the event that woke it.
  schedule.later();

  return {
    onSent: (requestId) => work.awaitAnswer(requestId, Date.now()),
    onRequest: createRequestRecorder(parts),
    onMessage: (message) => answerInTurn(parts, message),
    toggleRecording: () =>
      void afterAllKept(async () => {
        await pauseOrResume(parts);
        schedule.now();
      }).catch(logError),
    privateWindowsClosed: () => void afterAllKept(privateRecords.clear).catch(logError),
    markStep: (tab) => doInTurn(() => markStep(tab, Date.now(), tabPorts, keeper.keepNow)),
    reconcile: schedule.anew,
    hasStarted() {
      start.hasStarted();
      schedule.anew();
    },
  };
}

function assembleParts(
  recorder: Recorder,
  memory: WorkerMemory<CapturedEvent>,
  privateRecords: PrivateRecords,
  snapshots: SnapshotKeeper,
): WorkerParts {
  const tasks = new SerialQueue();
  const access = createKnownAccess();
  const work = createUnfinishedWork(memory, Date.now());
  const runName = work.left.then(({ run }) => run);
  const pages = createPagesWithToken(
    work.left.then(({ pagesWithToken }) => pagesWithToken),
    (all) => void memory.keepPages(all).catch(logError),
  );
  const keeper = createObservationKeeper(recorder, privateRecords, () => schedule.soon());
  const turns = createTurns(tasks, keeper, work);
  const schedule = createReconcileSchedule(recorder, access, privateRecords, {
    before: () => turns.inTurn(async () => {}),
    after: snapshots.refresh,
  });
  return {
    recorder,
    privateRecords,
    snapshots,
    tasks,
    access,
    work,
    pages,
    keeper,
    schedule,
    observe: (event) => observeEvent(event, runName, access, pages),
    tabPorts: {
      tabContextOf: (tabId) => findTabContext(tabId, runName),
      isWatched: (site) => access.has(site),
    },
    ...turns,
  };
}

/** Carries out a page's command after all that came before it; what forgets or pauses, after that was kept as well. */
async function answerInTurn(parts: WorkerParts, message: unknown): Promise<CommandResult> {
  const { snapshots, pages, schedule, tabPorts } = parts;
  const type = parseCommand(message)?.type;
  const takeTurn = type === 'clear' || type === 'pause' ? parts.afterAllKept : parts.inTurn;
  const result = await takeTurn(() => {
    if (type === 'clear') pages.forget();
    return answerMessage(parts, message, Date.now(), tabPorts);
  });
  // What was cleared must not show for a moment.
  if (type === 'clear') await snapshots.clear();
  // Not sooner: a reconcile that waits already would run before the command.
  schedule.anew();
  return result;
}

async function pauseOrResume(records: Records): Promise<void> {
  const paused = !(await isPaused(records.recorder));
  await runCommand(records, { type: 'pause', paused }, Date.now());
}
