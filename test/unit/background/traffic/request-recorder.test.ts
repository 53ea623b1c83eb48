import { expect, test, vi } from 'vitest';
import { createObservation } from '../../../../utils/background/record/create-observation.ts';
import type { ObservationKeeper } from '../../../../utils/background/record/observation-keeper.ts';
import type { Recorder } from '../../../../utils/background/record/recorder.ts';
import { SerialQueue } from '../../../../utils/background/tasks/serial-queue.ts';
import type { CapturedEvent } from '../../../../utils/background/traffic/captured-event.ts';
import type { KnownAccess } from '../../../../utils/background/traffic/known-access.ts';
import type { PagesWithToken } from '../../../../utils/background/traffic/pages-with-token.ts';
import { createRequestRecorder } from '../../../../utils/background/traffic/request-recorder.ts';
import type { UnfinishedWork } from '../../../../utils/background/unfinished/unfinished-work.ts';
import { T0 } from '../../fixtures.ts';

/** What the event would have to wait for; nothing of it where all is at rest. */
interface Waits {
  turn?: boolean;
  rest?: boolean;
  recorder?: boolean;
  browser?: boolean;
}

/** An authorize request that comes back with a code, at an instant (epoch ms). */
const codeAt = (timeStamp: number) => ({
  requestId: '1',
  url: 'https://kauth.kakao.com/oauth/authorize?client_id=key&response_type=code&redirect_uri=https%3A%2F%2Fshop.test%2Fcb',
  method: 'GET',
  type: 'main_frame',
  statusCode: 302,
  redirectUrl: 'https://shop.test/cb?code=1',
  timeStamp,
  initiator: 'https://shop.test',
  // No tab has to be looked up.
  tabId: -1,
});

/** Whether a step of a login counts as written at once, and so needs no note. */
function isWrittenAtOnce(waits: Waits): boolean | undefined {
  const tasks = new SerialQueue();
  if (waits.turn) void tasks.add(() => new Promise(() => {}));
  const begin = vi.fn<UnfinishedWork<CapturedEvent>['begin']>(() => 'key');
  const record = createRequestRecorder({
    recorder: { isIdle: () => !waits.recorder } as Recorder,
    tasks,
    work: { begin, answered: () => {} } as unknown as UnfinishedWork<CapturedEvent>,
    keeper: { isRested: () => !waits.rest } as ObservationKeeper,
    access: { isKnown: () => !waits.browser } as unknown as KnownAccess,
    pages: { note: () => {}, takeHandOver: () => null } as unknown as PagesWithToken,
    observe: () => new Promise(() => {}),
  });
  record('redirect', codeAt(T0));
  expect(begin).toHaveBeenCalledTimes(1);
  return begin.mock.lastCall?.[2];
}

test('all at rest and known: an event is written at once', () => {
  expect(isWrittenAtOnce({})).toBe(true);
});

test.each<[string, Waits]>([
  ['another event', { turn: true }],
  ['a transaction of a moment ago', { rest: true }],
  ['the recorder', { recorder: true }],
  ['the browser’s answer', { browser: true }],
])('event that has to wait for %s: noted', (_what, waits) => {
  expect(isWrittenAtOnce(waits)).toBe(false);
});

/** Records events that happened at these instants (epoch ms), in the order they came; gives the instants as they were kept. */
async function keptInOrder(whileStarting: number[], later: number[]): Promise<number[]> {
  const tasks = new SerialQueue();
  const started = Promise.withResolvers<void>();
  void tasks.add(() => started.promise);
  const kept: number[] = [];
  const record = createRequestRecorder({
    recorder: { isIdle: () => false } as Recorder,
    tasks,
    work: { begin: () => 'key', answered: () => {} } as unknown as UnfinishedWork<CapturedEvent>,
    keeper: {
      isRested: () => false,
      keep: (observations) => kept.push(...observations.map((o) => o.at)),
    } as Partial<ObservationKeeper> as ObservationKeeper,
    access: {} as KnownAccess,
    pages: { note: () => {}, takeHandOver: () => null } as unknown as PagesWithToken,
    observe: async ({ at }) => [createObservation({ type: 'start' }, 'browser', at)],
  });
  for (const at of whileStarting) record('redirect', codeAt(at));
  started.resolve();
  await tasks.add(async () => {});
  for (const at of later) record('redirect', codeAt(at));
  await tasks.add(async () => {});
  return kept;
}

test('events of a worker that is starting: in the order they happened, later ones as they come', async () => {
  const kept = await keptInOrder([T0 + 29, T0, T0 + 150], [T0 + 90, T0 + 20]);
  expect(kept.map((at) => at - T0)).toEqual([0, 29, 150, 90, 20]);
});
