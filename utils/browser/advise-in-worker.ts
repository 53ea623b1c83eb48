import type { Finding } from '../guidance/rule.ts';

/** What the popup asks of its worker. */
export interface AdviceAsked {
  ask: number;
  logins: readonly string[];
  /** Epoch ms. */
  at: number;
}

/** What the worker tells. */
export interface AdviceTold {
  ask: number;
  findings: Finding[];
}

/** Gives what guidance says of some logins at an instant (epoch ms), worst first. Never rejects. */
export type AdviseLogins = (logins: readonly string[], at: number) => Promise<readonly Finding[]>;

/**
 * Guidance in a worker of its own, made when it is first asked for: the popup opens without the rules, and stays free
 * while they read.
 */
export function adviseInWorker(): AdviseLogins {
  let worker: Worker | null = null;
  let asked = 0;
  const waiting = new Map<number, (findings: Finding[]) => void>();
  const start = () => {
    const made = new Worker(new URL('../../entrypoints/popup/advise.worker.ts', import.meta.url), {
      type: 'module',
    });
    made.addEventListener('message', ({ data }: MessageEvent<AdviceTold>) => {
      waiting.get(data.ask)?.(data.findings);
      waiting.delete(data.ask);
    });
    made.addEventListener('error', () => {
      for (const done of waiting.values()) done([]);
      waiting.clear();
    });
    return made;
  };
  return (logins, at) =>
    new Promise((done) => {
      worker ??= start();
      asked += 1;
      waiting.set(asked, done);
      worker.postMessage({ ask: asked, logins, at } satisfies AdviceAsked);
    });
}
