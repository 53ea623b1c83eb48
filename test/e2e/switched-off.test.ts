import { describe, expect, test } from 'vitest';
import { until } from './browser/until.ts';
import { dump, dumpWhen, type Dump } from './extension-api.ts';
import { browser, resetAll, useBrowser } from './fixtures.ts';
import { logIn } from './login-steps.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: [SITES.page], own: true });

const of = (type: string, content: Dump) =>
  (content['observations'] ?? []).filter((o) => o['type'] === type);

/** After this time without word of the browser's start, the worker says that something may be lost. */
const TOLD_MS = 10_000;

/** A login whose window has begun. */
async function logInAnew(): Promise<void> {
  await resetAll();
  const page = await browser.newPage();
  await logIn(page, SITES.page, { account: 'alice' });
  await dumpWhen(browser, (d) => of('token', d).length === 1);
}

describe('what may be lost in between', () => {
  test('browser restarted: nothing but its start is told', async () => {
    await logInAnew();
    const starts = of('start', await dump(browser)).length;
    await browser.restart();
    await dumpWhen(browser, (d) => of('start', d).length > starts);
    const from = Date.now();
    await until('the worker to have waited', async () => {
      expect(await browser.workerRuns()).toBe(true);
      return Date.now() - from > TOLD_MS + 1000;
    });
    expect(of('loss', await dump(browser))).toEqual([]);
  });

  test('extension switched off and on: something may be lost since it last saw anything', async () => {
    await logInAnew();
    const [last] = of('token', await dump(browser));
    await browser.switchOffAndOn();
    const content = await dumpWhen(browser, (d) => of('loss', d).length > 0);
    expect(of('loss', content)).toMatchObject([{ at: last?.['at'] }]);
  });
});
