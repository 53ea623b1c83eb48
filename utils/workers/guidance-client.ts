import type { Finding } from '../guidance/rule.ts';

/** What the popup asks of its worker, which answers with findings, worst first. */
export interface GuidanceRequest {
  logins: readonly string[];
  /** Epoch ms. */
  at: number;
}

/**
 * Guidance in a worker of its own, made when it is first asked for: the popup opens without the rules, and stays free
 * while they read. To be asked one thing at a time. Never rejects.
 */
export function createGuidanceClient(): (
  logins: readonly string[],
  at: number,
) => Promise<readonly Finding[]> {
  let worker: Worker | null = null;
  return (logins, at) =>
    new Promise((done) => {
      worker ??= new Worker(new URL('./guidance.worker.ts', import.meta.url), {
        type: 'module',
      });
      const answered = (event: Event) => done((event as MessageEvent<Finding[]>).data ?? []);
      for (const type of ['message', 'error']) worker.addEventListener(type, answered);
      worker.postMessage({ logins, at } satisfies GuidanceRequest);
    });
}
