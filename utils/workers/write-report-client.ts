import type { WriteRequest, WriteResult } from '../report/write-request.ts';
import { oneResult } from './one-result.ts';
import { sendFile } from './send-file.ts';
import type { WriteMessage } from './write-report-messages.ts';

/**
 * Writes a report in a worker of its own, so that the page stays free; aborting ends the worker. Gives null where it
 * was aborted or there is nothing to write. Rejects where it cannot be written.
 */
export function writeReportInWorker(
  asked: WriteRequest,
  signal: AbortSignal,
): Promise<WriteResult | null> {
  const worker = new Worker(new URL('./write-report.worker.ts', import.meta.url), {
    type: 'module',
  });
  return oneResult(
    worker,
    signal,
    () => handOver(worker, asked, signal),
    (written: WriteResult | null) => written,
  );
}

/** Asks the worker; files go before, piece by piece. */
async function handOver(worker: Worker, request: WriteRequest, signal: AbortSignal): Promise<void> {
  const { from, ...rest } = request;
  if ('imported' in from) await sendFile(worker, from.imported, signal);
  const asked = { ...rest, from: 'imported' in from ? ('file' as const) : from };
  if (!signal.aborted) worker.postMessage({ asked } satisfies WriteMessage);
}
