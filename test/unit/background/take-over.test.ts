import { expect, test } from 'vitest';
import type { Recorder } from '../../../utils/background/record/recorder.ts';
import { takeOver } from '../../../utils/background/take-over.ts';
import type { CapturedEvent } from '../../../utils/background/traffic/captured-event.ts';
import { me, T0 } from '../fixtures.ts';

test('database that cannot say what it has: what was begun is recorded, if need be twice', async () => {
  const recorder = { unknownOf: () => Promise.reject(new Error('no database')) };
  const event: CapturedEvent = { facts: [], origin: { tabId: 1 }, inSubFrame: false, at: T0 };
  const left = { run: 'run', isNew: false, lostSince: T0, begun: [event], pagesWithToken: {} };
  const begun = me(T0);
  const taken = await takeOver(recorder as unknown as Recorder, left, async () => [begun], T0);
  expect(taken.map((o) => o.type)).toEqual(['loss', 'api']);
  expect(taken).toContain(begun);
});
