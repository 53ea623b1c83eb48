import type { TestBrowser } from '../test/e2e/browser/contract.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Settles once a person has closed the browser, or a signal asks this process to end. */
export function stayOpen(browser: TestBrowser): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearInterval(watch);
      for (const signal of SIGNALS) process.off(signal, end);
      done();
    };
    for (const signal of SIGNALS) process.on(signal, end);
    const watch = setInterval(() => {
      if (!browser.isOpen()) end();
    }, 500);
  });
}
