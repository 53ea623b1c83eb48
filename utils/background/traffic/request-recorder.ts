import type { BrowserDetails } from '../../browser/traffic.ts';
import type { WebRequestEvent } from '../../capture/web-request.ts';
import type { Observation } from '../../model/observation.ts';
import type { ObservationKeeper } from '../record/observation-keeper.ts';
import type { Recorder } from '../record/recorder.ts';
import { logError } from '../tasks/log-error.ts';
import type { SerialQueue } from '../tasks/serial-queue.ts';
import type { UnfinishedWork } from '../unfinished/unfinished-work.ts';
import { captureEvent, isAnswered, type CapturedEvent } from './captured-event.ts';
import type { KnownAccess } from './known-access.ts';
import type { PagesWithToken } from './pages-with-token.ts';
import { createTrafficLimit } from './traffic-limit.ts';

/** What recording a request needs of the worker. */
export interface RequestRecorderParts {
  recorder: Recorder;
  tasks: SerialQueue;
  work: UnfinishedWork<CapturedEvent>;
  keeper: ObservationKeeper;
  access: KnownAccess;
  pages: PagesWithToken;
  observe(event: CapturedEvent): Promise<Observation[]>;
}

/**
 * Makes the recorder of webRequest events. It notes at once what an event says, so that the next worker can finish it, and
 * records events in the order they came; those that came before the first one's turn, in the order they happened: Chromium may
 * hand a worker that is just starting the later one first. Never throws.
 */
export function createRequestRecorder(
  parts: RequestRecorderParts,
): (event: WebRequestEvent, details: BrowserDetails) => void {
  const { recorder, tasks, work, keeper, access, pages, observe } = parts;
  const limit = createTrafficLimit();
  /** Events that came before the first one's turn and wait for theirs; `isStarting` until then. */
  const early: { at: number; record(): Promise<void> }[] = [];
  let isStarting = true;
  const recordEarliest = async () => {
    isStarting = false;
    early.sort((a, b) => a.at - b.at);
    await early.shift()?.record();
  };

  return (event, details) => {
    const captured = captureEvent(event, details, pages);
    if (!captured) return work.answered(details.requestId);
    const isWrittenAtOnce =
      tasks.isIdle && keeper.isRested() && recorder.isIdle() && isAnswered(captured, access);
    const key = work.begin(captured, Date.now(), isWrittenAtOnce);
    work.answered(details.requestId);
    const finish = () => work.finish(key);
    // Asked of the browser before its turn comes: the tab may soon be gone.
    const observing = observe(captured);
    observing.catch(finish);
    const record = async () => {
      keeper.keep(limit.admit(await observing, captured.inSubFrame), finish);
    };
    if (isStarting) early.push({ at: captured.at, record });
    tasks.add(isStarting ? recordEarliest : record).catch(logError);
  };
}
