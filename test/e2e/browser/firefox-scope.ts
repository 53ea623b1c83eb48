import type { Browser } from 'puppeteer-core';

/** Sends one WebDriver BiDi command and gives its result. */
export type SendBidi = (method: string, parameters: object) => Promise<unknown>;

/** The connection under a Firefox that puppeteer started. */
export function bidiOf(browser: Browser): SendBidi {
  const { connection } = browser as unknown as {
    connection: { send(method: string, parameters: object): Promise<{ result: unknown }> };
  };
  return async (method, parameters) => (await connection.send(method, parameters)).result;
}

interface Evaluated {
  type: 'success' | 'exception';
  result?: { value?: string };
  exceptionDetails?: { text: string };
}

/**
 * Runs a function with the browser's own rights (Firefox must have been started with
 * --remote-allow-system-access). It travels as text, so it may use nothing from outside but its
 * argument; argument and result go through JSON.
 */
export async function inBrowserScope<A, R>(
  send: SendBidi,
  call: (argument: A) => R,
  argument: A,
): Promise<Awaited<R>> {
  const tree = (await send('browsingContext.getTree', { 'moz:scope': 'chrome' })) as {
    contexts: { context: string; url: string }[];
  };
  const window = tree.contexts.find((c) => c.url === 'chrome://browser/content/browser.xhtml');
  if (!window) throw new Error('Firefox has no window.');
  const expression = `(async () => JSON.stringify([await (${call})(${JSON.stringify(argument)})]))()`;
  const evaluated = (await send('script.evaluate', {
    expression,
    target: { context: window.context },
    awaitPromise: true,
  })) as Evaluated;
  if (evaluated.type === 'exception') throw new Error(evaluated.exceptionDetails?.text);
  return JSON.parse(evaluated.result?.value ?? '[null]')[0] as Awaited<R>;
}
