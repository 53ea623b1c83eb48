import type { Observation } from '../../model/observation.ts';
import type { HashUserId } from '../response-body.ts';
import { captureEntry } from './capture-entry.ts';
import { readStarted, type StartedEntry } from './entry/read-entry.ts';
import { beginFile } from './file-capture.ts';
import { lostCall, preflightsOfLostCalls } from './lost-calls.ts';
import { inOrderOfStart } from './time/har-order.ts';
import { createRequestMarks, type RequestMarks } from './token/request-marks.ts';

/**
 * Turns the entries of a HAR 1.2 file into observations, in the order of their start. Entries that cannot be read are
 * passed over; never throws. Everything that left the browser is in the file, so each site counts as watched. `marks`
 * notes by what a back end's own records can be recognised.
 */
export async function captureHar(
  entries: readonly unknown[],
  hash: HashUserId,
  marks: RequestMarks = createRequestMarks(),
): Promise<Observation[]> {
  return (await captureEntries(inOrderOfStart(entries), hash, marks)).observations;
}

/** Turns entries into observations; also says when the last entry ended, in epoch ms. */
async function captureEntries(
  inOrder: readonly StartedEntry[],
  hash: HashUserId,
  marks: RequestMarks | null,
): Promise<{ observations: Observation[]; end: number }> {
  const file = beginFile(inOrder, hash, marks);
  const lost = preflightsOfLostCalls(inOrder);
  let end = 0;
  for (const started of inOrder) {
    const entry = readStarted(started);
    if (!entry) continue;
    end = Math.max(end, entry.done);
    await captureEntry(file, lost.has(started.entry) ? lostCall(entry) : entry);
  }
  return { observations: file.observations, end };
}

/**
 * Turns a whole file into observations, as `captureHar` does, and says last that nothing after its end was recorded.
 */
export async function captureHarRecording(
  entries: readonly unknown[],
  hash: HashUserId,
  marks: RequestMarks = createRequestMarks(),
): Promise<Observation[]> {
  return captureOrderedRecording(inOrderOfStart(entries), hash, marks);
}

/** The same of entries in the order of their start; without marks where a back end recorded nothing. */
export async function captureOrderedRecording(
  inOrder: readonly StartedEntry[],
  hash: HashUserId,
  marks: RequestMarks | null,
): Promise<Observation[]> {
  const { observations, end } = await captureEntries(inOrder, hash, marks);
  if (observations.length) observations.push(recordingEnd(end));
  return observations;
}

/** Says that nothing after an instant (epoch ms) was recorded. */
function recordingEnd(at: number): Observation {
  return {
    type: 'recording-ended',
    id: `har-${at}-recording-ended-1`,
    at,
    source: 'har',
    cookieStore: 'har',
    tab: null,
    opener: null,
    site: null,
  };
}
