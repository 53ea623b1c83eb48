import type { GuidanceRequest, GuidanceResponse } from './guidance-messages.ts';

/**
 * Makes a client of the guidance worker, which is started when it is first asked: the popup opens without the rules, and
 * stays free while they read. To be asked one thing at a time; `at` is epoch ms. Never rejects.
 */
export function createGuidanceClient(): (
  logins: readonly string[],
  at: number,
) => Promise<GuidanceResponse> {
  let worker: Worker | null = null;
  return (logins, at) =>
    new Promise((done) => {
      worker ??= new Worker(new URL('./guidance.worker.ts', import.meta.url), { type: 'module' });
      const once = { once: true };
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<GuidanceResponse>) => done(data),
        once,
      );
      worker.addEventListener('error', () => done([]), once);
      worker.postMessage({ logins, at } satisfies GuidanceRequest);
    });
}
