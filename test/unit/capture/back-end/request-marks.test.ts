import { expect, test } from 'vitest';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { createRequestMarks } from '../../../../utils/capture/har/token/request-marks.ts';
import { SITE, T0 } from '../../fixtures.ts';
import { harEntries } from '../../verdict/known-cases/har-requests.ts';
import { traceparent } from './back-end-records.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** The traces that are known after an answer with some headers, one of which tells a trace. */
async function tracesAfter(headers: { name: string; value: string }[]): Promise<string[]> {
  const marks = createRequestMarks();
  const told = { name: 'Server-Timing', value: `traceparent;desc="${traceparent(TRACE)}"` };
  const page = { at: T0, url: `${SITE}/home`, response: { headers: [told, ...headers] } };
  await captureHar(harEntries([page]), (id) => Promise.resolve(id), marks);
  return [...marks.traces.keys()];
}

test('trace that an answer tells: is of its request', async () => {
  expect(await tracesAfter([{ name: 'X-Cache', value: 'MISS' }])).toEqual([TRACE]);
});

test('trace that an answer out of a cache on the way tells: is of nobody known', async () => {
  expect(await tracesAfter([{ name: 'X-Cache', value: 'HIT' }])).toEqual([]);
});
