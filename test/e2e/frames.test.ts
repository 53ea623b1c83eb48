import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { until } from './browser/until.ts';
import { command, dumpWhen } from './extension-api.ts';
import { browser, browserName, resetAll, useBrowser } from './fixtures.ts';
import { cardsWhen } from './popup.ts';
import { SITES } from './sites.ts';

// Chromium asks for any host but the emulator's with a prompt that nobody can answer here.
describe.runIf(browserName === 'firefox')('page in a frame of another site', () => {
  useBrowser({ grants: [SITES.page, 'http://127.0.0.1'] });
  beforeEach(() => resetAll());

  /** A site of another domain, whose pages report a call and show in a frame what `?show=` says. */
  let server: Server;
  let other = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      const shown = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('show');
      response.setHeader('content-type', 'text/html');
      response.setHeader('server-timing', 'kakao;desc="GET /v2/user/me 200"');
      response.end(`<title>other</title>${shown ? `<iframe src="${shown}"></iframe>` : ''}`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    other = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const frameOf = (page: Page): Frame | undefined =>
    page.frames().find((frame) => frame !== page.mainFrame());
  /** Presses a button of the page in the frame once it is there. */
  const pressInFrame = (page: Page, id: string) =>
    until(`the button ${id} in the frame`, () =>
      frameOf(page)?.evaluate((name) => {
        const button = document.getElementById(name);
        if (document.readyState !== 'complete' || !button) return false;
        button.click();
        return true;
      }, id),
    );

  test('logs in and calls: the login is of its own site', async () => {
    const page = await browser.newPage(`${other}/?show=${SITES.page}`);
    await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
    for (const id of ['login', 'as-alice', 'agree', 'me']) await pressInFrame(page, id);
    const cards = await cardsWhen(browser, (c) => c.some((x) => x.verdict === 'complete'));
    expect(cards).toMatchObject([{ site: 'page.shop.test', certainty: 'certain' }]);
    await page.close();
  });

  test('reports in Server-Timing: of its own site', async () => {
    const page = await browser.newPage(SITES.page);
    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
    }, other);
    const content = await dumpWhen(browser, (d) =>
      (d['observations'] ?? []).some((o) => o['source'] === 'server'),
    );
    const reports = content['observations']?.filter((o) => o['source'] === 'server');
    expect(reports?.map((o) => o['site'])).toEqual([other]);
    await page.close();
  });
});
