import type { KeptFile } from '../report/import/file-contents.ts';
import type { OverviewRequest } from '../report/overview-request.ts';
import type { Overview } from '../report/overview.ts';
import type { OverviewMessage } from './overview-messages.ts';
import { sendFile } from './send-file.ts';

/**
 * Makes a client of the worker that gives an overview, which is started when it is first asked and keeps the file that it was asked
 * about last. To be asked one thing at a time. Gives null where the worker cannot tell. Never rejects.
 */
export function createOverviewClient(): (request: OverviewRequest) => Promise<Overview | null> {
  let worker: Worker | null = null;
  let held: KeptFile | null = null;
  const handOver = async (asked: Worker, { from, ...rest }: OverviewRequest) => {
    if ('imported' in from && held !== from.imported) {
      held = from.imported;
      await sendFile(asked, held, new AbortController().signal);
    }
    const about = 'imported' in from ? { chosen: from.chosen } : from;
    asked.postMessage({ asked: { ...rest, from: about } } satisfies OverviewMessage);
  };
  return (request) =>
    new Promise((done) => {
      const asked = (worker ??= new Worker(new URL('./overview.worker.ts', import.meta.url), {
        type: 'module',
      }));
      const heard = new AbortController();
      const answer = (overview: Overview | null) => {
        heard.abort();
        done(overview);
      };
      const fail = () => {
        // What broke this one may not break another.
        asked.terminate();
        worker = null;
        held = null;
        answer(null);
      };
      const { signal } = heard;
      asked.addEventListener('message', ({ data }) => answer(data), { signal });
      asked.addEventListener('error', fail, { signal });
      handOver(asked, request).catch(fail);
    });
}
