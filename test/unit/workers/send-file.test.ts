import { expect, test } from 'vitest';
import { nextTask } from '../../../utils/model/next-task.ts';
import { createFileJoiner } from '../../../utils/report/import/file-pieces.ts';
import { sendFile, type PieceMessage } from '../../../utils/workers/send-file.ts';
import { firstLogin, T0 } from '../fixtures.ts';
import { importCase } from '../report/samples.ts';

/** A file of many pieces, and a worker that joins them. */
async function scene() {
  const observations = Array.from({ length: 600 }, (_, i) => firstLogin(T0 + i * 1000)).flat();
  const file = { ...(await importCase('v2-no-call')), observations };
  const join = createFileJoiner();
  const got: ReturnType<typeof join>[] = [];
  return { file, got, worker: { postMessage: ({ piece }: PieceMessage) => got.push(join(piece)) } };
}

test('file to a worker: it arrives whole, and other tasks have their turn before', async () => {
  const { file, got, worker } = await scene();
  const atTurns: number[] = [];
  const sending = sendFile(worker, file, new AbortController().signal);
  while (!got.at(-1)) {
    await nextTask();
    atTurns.push(got.length);
  }
  await sending;
  expect(got.at(-1)?.observations).toEqual(file.observations);
  expect(atTurns[0]).toBeLessThan(got.length);
});

test('file to a worker: where it is given up no more of it is sent', async () => {
  const { file, got, worker } = await scene();
  const abort = new AbortController();
  const sending = sendFile(worker, file, abort.signal);
  abort.abort();
  await sending;
  expect(got).toEqual([null]);
});
