import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { otlp, span } from '../unit/capture/back-end/back-end-records.ts';
import { until } from './browser/until.ts';
import { closeTabs, inExtension, openTabs } from './extension-api.ts';
import { browser, useBrowser } from './fixtures.ts';
import { appears, click, clickAction, openDetails } from './page-actions.ts';
import { openPopup } from './popup.ts';
import {
  act,
  choose,
  countsOf,
  EXPORT_MENU,
  exportedText,
  openReport,
  rowsOf,
} from './report-page.ts';
import { liveSession, sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';
import { SITES } from './sites.ts';

/** What is called of the extension's API on its pages. */
declare const chrome: { runtime: { openOptionsPage(): Promise<void> } };

useBrowser();

const SETTINGS = 'report.html#settings';
const FORMATS = ['json', 'html', 'md', 'csv', 'junit', 'otlp', 'ndjson'];

const SERVER_DARK_HAR = readFileSync(
  join(import.meta.dirname, '../cases/server-dark-me.har'),
  'utf8',
);

/** Spans of the back end in `server-dark-me.har`, epoch ms. */
const CALLBACK = Date.parse('2026-11-22T12:44:08.534Z');
const exchangeSpan = span({
  at: CALLBACK + 12,
  method: 'POST',
  url: 'https://kauth.kakao.com/oauth/token',
});
const profileSpan = span({ at: CALLBACK + 25, url: 'https://kapi.kakao.com/v2/user/me' });

beforeAll(() =>
  seed(browser, {
    ...sampleRows(Date.now()),
    sessions: [{ ...liveSession(Date.now()), tester: 'Jisoo', environment: 'staging' }],
  }),
);

describe('ways to the report page', () => {
  test('popup: opens the report page', async () => {
    const popup = await openPopup(browser, SITES.page);
    await act(popup, 'open-report');
    // Until its script runs a page has the title that stands in its HTML, or its address.
    const titles = await until('its tab', async () => {
      const tabs = (await openTabs(browser)).filter((t) => t.url.endsWith('/report.html'));
      return (
        tabs.length > 0 && tabs.every((t) => t.title.includes(' ')) && tabs.map((t) => t.title)
      );
    });
    expect(titles).toEqual(['Linkwatch report page']);
    await closeTabs(browser, '/report.html');
    await browser.leave(popup);
  });

  test("the browser's own menu leads to the settings", async () => {
    await inExtension(browser, () => chrome.runtime.openOptionsPage(), null);
    await until('the settings in a tab', async () =>
      (await openTabs(browser)).some(({ url }) => url === browser.extensionUrl + SETTINGS),
    );
    await closeTabs(browser, SETTINGS);
  });
});

describe('files', () => {
  test('every format is exported; an imported report has the same verdicts', async () => {
    const page = await openReport(browser);
    const before = await countsOf(page);
    for (const format of FORMATS) {
      const text = await exportedText(page, format);
      expect(text.length, format).toBeGreaterThan(200);
      expect(text, format).not.toContain('js-key-rehearsed-0002');
    }
    const json = await exportedText(page);
    await page.evaluate(() => (location.hash = '#import'));
    await appears(page, '[data-field="files"]');
    await choose(page, 'files', [
      { name: 'report.json', text: json },
      { name: 'again.json', text: json },
      { name: 'bad.json', text: json.replace('"startedAt": "20', '"startedAt": "x20') },
    ]);
    await until('the files', async () => (await page.$$('[data-file]')).length === 2);
    const complaint = await until('the complaint', () =>
      page.evaluate(
        () => document.querySelector<HTMLElement>('[data-reading="failed"]')?.innerText,
      ),
    );
    expect(complaint).toMatch(/startedAt/);
    await act(page, 'show-files');
    await until('the imported ones', async () => (await rowsOf(page)).length > 0);
    expect(await countsOf(page)).toEqual(before);
    expect(await page.$('[data-action="mark-complete"]')).toBeNull();
    await browser.leave(page);
  });

  test('HAR and the server’s spans, chosen together: one file, and what was joined', async () => {
    const spans = `${JSON.stringify(otlp([exchangeSpan, profileSpan]))}\n`;
    const page = await openReport(browser, '#import');
    await choose(page, 'files', [
      { name: 'spans.otlp.jsonl', text: spans },
      { name: 'login.har', text: SERVER_DARK_HAR },
    ]);
    const shown = await until('the HAR', () =>
      page.evaluate(() => document.querySelector<HTMLElement>('[data-file]')?.innerText),
    );
    expect(shown).toMatch(/^login\.har .*: 2\..*: 0\..*: 2\..*: 0\./s);
    expect(await page.$$('[data-file]')).toHaveLength(1);
    expect(await page.$('[data-reading]')).toBeNull();
    await act(page, 'show-files');
    expect((await rowsOf(page)).map((r) => r.verdict)).toEqual(['complete']);
    await browser.leave(page);
  });
});

describe('clipboard', () => {
  test('summary: copied in one line to the clipboard', async () => {
    const page = await openReport(browser);
    await page.bringToFront();
    await appears(page, '[data-row]');
    await openDetails(page, EXPORT_MENU);
    await clickAction(page, 'copy-summary');
    await until('the word of it', () =>
      page.evaluate(() => document.querySelector('.banner')?.textContent?.includes('Copied')),
    );
    await page.focus('[data-field="search"]');
    await page.keyboard.down('Control');
    await page.keyboard.press('v', { commands: ['Paste'] });
    await page.keyboard.up('Control');
    const pasted = await until('the text', () =>
      page.evaluate(() => document.querySelector<HTMLInputElement>('[data-field="search"]')?.value),
    );
    expect(pasted).toMatch(/^2026-01-01: 12 logins: Not completed in time 2, Late 1, .*Complete 1/);
    const markdown = await exportedText(page, 'md');
    expect(markdown).toContain(`**${pasted.replace('2026-01-01: ', '')}**`);
    await browser.leave(page);
  });

  test('ticket: one login or all copied as Markdown, rich or plain text; failure told', async () => {
    const page = await openReport(browser);
    await page.bringToFront();
    await appears(page, '[data-row]');
    await keepCopies(page);
    await openDetails(page, EXPORT_MENU);
    const all = '[data-testid="exports"]';
    const markdown = await copied(page, `${all} [data-action="copy-md"]`);
    expect(markdown['text/plain']).toMatch(/^# /);
    expect(markdown['text/plain']).toContain('12 logins');
    const plain = await copied(page, `${all} [data-action="copy-text"]`);
    expect(plain['text/plain']).toContain('12 logins');
    const rich = await copied(page, `${all} [data-action="copy-rich"]`);
    expect(rich['text/html']).toMatch(/^<h1>/);
    expect(rich['text/plain']).toBe(plain['text/plain']);

    await page.evaluate(() => document.querySelector<HTMLElement>('[data-row]')?.click());
    await appears(page, '[data-detail]');
    const one = await copied(page, '[data-detail] [data-action="copy-md"]');
    expect(one['text/plain']).toContain('**1 login:');
    expect(one['text/plain']).not.toContain('Test plan');

    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
    });
    await openDetails(page, EXPORT_MENU);
    await click(page, `${all} [data-action="copy-md"]`);
    await until('what to do', () =>
      page.evaluate(() =>
        document
          .querySelector('[data-testid="exports"] [data-testid="copied"][role="status"]')
          ?.textContent?.includes('Click the button again'),
      ),
    );
    await browser.leave(page);
  });
});

/** Keeps in the page what is written to the clipboard, since only a page in front may read it. */
const keepCopies = (page: Page) =>
  page.evaluate(() => {
    const keep = (kept: Record<string, string>) => {
      document.body.dataset['copied'] = JSON.stringify(kept);
    };
    navigator.clipboard.writeText = async (text) => keep({ 'text/plain': text });
    navigator.clipboard.write = async ([item]) => {
      const types = [...(item?.types ?? [])];
      const texts = types.map(async (type) => [type, await (await item?.getType(type))?.text()]);
      keep(Object.fromEntries(await Promise.all(texts)));
    };
  });

/** Presses a copy button, waits until it says that it copied, and returns what was copied, by type. */
async function copied(page: Page, button: string): Promise<Record<string, string>> {
  await page.evaluate(() => delete document.body.dataset['copied']);
  await click(page, button);
  const kept = await until('the copy', () =>
    page.evaluate((selector) => {
      const said = document
        .querySelector(selector)
        ?.parentElement?.querySelector('[role="status"]')
        ?.textContent?.includes('Copied');
      return said ? document.body.dataset['copied'] : undefined;
    }, button),
  );
  return JSON.parse(kept) as Record<string, string>;
}
