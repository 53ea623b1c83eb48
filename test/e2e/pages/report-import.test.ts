import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../utils/report/document.ts';
import { HOUR } from '../../unit/fixtures.ts';
import { until } from '../browser/until.ts';
import { browser, useBrowser } from '../fixtures.ts';
import { appears, click, has } from '../page-actions.ts';
import { act, choose, countsOf, exportedText, fill, openReport, rowsOf } from '../report-page.ts';
import { liveSession, sampleRows } from '../sample-logins.ts';
import { seed } from '../seed.ts';

const CASES = join(import.meta.dirname, '../../cases');
const textOf = (name: string) => readFileSync(join(CASES, name), 'utf8');
const names = readdirSync(CASES)
  .filter((f) => f.endsWith('.har'))
  .map((f) => f.slice(0, -'.har'.length));

interface Expected {
  logins: { site: string; kind?: string; visibility?: string; at1h?: string; at30h?: string }[];
}

/** When the last entry of a HAR had come in, epoch ms. */
const endOf = (har: string) =>
  Math.max(
    ...(
      JSON.parse(har) as { log: { entries: { startedDateTime: string; time: number }[] } }
    ).log.entries.map((e) => Date.parse(e.startedDateTime) + Math.max(0, e.time)),
  );

/** Has the files that are shown judged at an instant, as a person would: by the second. */
async function judgeAt(page: Page, at: number): Promise<void> {
  await appears(page, '[data-field="judged-at"]');
  const local = await page.evaluate((ms) => {
    const shifted = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
    return shifted.toISOString().slice(0, 19);
  }, at);
  await fill(page, 'judged-at', local);
}

const LARGE_MB = 120;

interface Prepared {
  chooseLargeHar(...before: File[]): void;
}

/** Makes a large HAR in the page, and a function that hands it to the file field, after other files. */
function prepareLargeHar(page: Page): Promise<void> {
  return page.evaluate((mb) => {
    const filler = 'x'.repeat(1_000_000);
    const entry = (i: number) =>
      `{"startedDateTime":"2026-01-01T00:00:00.000Z","time":1,"request":{"method":"GET","url":"https://cdn.test/${i}","headers":[]},"response":{"status":200,"headers":[],"content":{"text":"${filler}","mimeType":"text/plain"}}}`;
    const parts = ['{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":['];
    for (let i = 0; i < mb; i += 1) parts.push((i ? ',' : '') + entry(i));
    parts.push(']}}');
    const file = new File(parts, 'large.har');
    (globalThis as unknown as Prepared).chooseLargeHar = (...before) => {
      const chosen = new DataTransfer();
      for (const each of [...before, file]) chosen.items.add(each);
      const input = document.querySelector<HTMLInputElement>('[data-field="files"]');
      if (!input) throw new Error('no field');
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };
  }, LARGE_MB);
}

useBrowser();

describe('HAR files in the page', () => {
  beforeAll(() => seed(browser, {}));

  test('every recorded case: judged as expected at two instants', async () => {
    expect(names.length).toBeGreaterThan(9);
    const page = await openReport(browser, '#import');
    for (const name of names) {
      const text = textOf(`${name}.har`);
      const expected = JSON.parse(textOf(`${name}.expect.json`)) as Expected;
      await choose(page, 'files', [{ name: `${name}.har`, text }]);
      await until(`the file ${name}`, () => page.$(`[data-file="${name}.har"]`));
      await act(page, 'show-files');
      for (const [hours, of] of [
        [1, 'at1h'],
        [30, 'at30h'],
      ] as const) {
        const at = Math.ceil(endOf(text) / 1000) * 1000 + hours * 3_600_000;
        await judgeAt(page, at);
        const report = await until(`${name} judged ${of}`, async () => {
          if (!(await page.$('[data-export="json"]'))) return null;
          const made = JSON.parse(await exportedText(page)) as Report;
          return made.evaluatedAt === new Date(at).toISOString() ? made : null;
        });
        const wanted = expected.logins.map(({ site, kind, visibility, ...verdicts }) => ({
          site,
          verdict: verdicts[of] ?? 'not-applicable',
          ...(kind ? { kind } : {}),
          ...(visibility ? { visibility } : {}),
        }));
        expect(report.logins, `${name} ${of}`).toMatchObject(wanted);
        const shown = (await rowsOf(page)).map((r) => r.verdict).sort();
        expect(shown, `${name} ${of}`).toEqual(wanted.map((w) => w.verdict).sort());
      }
      await page.evaluate(() => (location.hash = '#import'));
      await appears(page, '[data-action="remove-file"]');
      await act(page, 'remove-file');
      await until('no file', async () => !(await page.$('[data-file]')));
    }
    await browser.leave(page);
  });

  test('link mode not known in a file: what to do is said, not offered', async () => {
    const page = await openReport(browser, '#import');
    const name = 'server-timing-me.har';
    await choose(page, 'files', [{ name, text: textOf(name) }]);
    await until('the file', () => page.$(`[data-file="${name}"]`));
    await act(page, 'show-files');
    await click(page, '[data-row]');
    await appears(page, '[data-detail] .doubt');
    const doubt = await page.$eval('[data-detail] .doubt', (one) => one.textContent);
    expect(doubt).toContain('--link-mode on the command line');
    expect(await has(page, '.ask')).toBe(false);
    await page.evaluate(() => (location.hash = '#import'));
    await appears(page, '[data-action="remove-file"]');
    await act(page, 'remove-file');
    await browser.leave(page);
  });

  test('recording that ends in the window: said not to have been seen until judged later', async () => {
    const page = await openReport(browser, '#import');
    const har = textOf('v2-no-call.har');
    await choose(page, 'files', [{ name: 'v2-no-call.har', text: har }]);
    await act(page, 'show-files');
    await appears(page, '[data-row]');
    const gaps = () => page.$eval('[data-testid="gaps"]', (e) => e.textContent);
    expect(await gaps()).toContain('The recording of 1 login ended inside its window.');
    await judgeAt(page, endOf(har) + 25 * HOUR);
    await until('the miss', async () => (await countsOf(page))['missed'] === 1);
    expect(await gaps()).toContain('No gap is known.');
    await judgeAt(page, endOf(har) - HOUR);
    await appears(page, '[data-testid="empty"]');
    const empty = await page.$eval('[data-testid="empty"]', (e) => e.textContent);
    expect(empty).toContain('Nothing had been recorded yet');
    await browser.leave(page);
  });

  test('files of several browsers: no two accounts share a name', async () => {
    const page = await openReport(browser, '#import');
    const files = ['v2-no-call.har', 'v2-me.har', 'v1-me.har'];
    await choose(
      page,
      'files',
      files.map((name) => ({ name, text: textOf(name) })),
    );
    await until(
      'all files',
      async () => (await page.$$('[data-action="remove-file"]')).length === 3,
    );
    await act(page, 'show-files');
    await until('all logins', async () => (await rowsOf(page)).length === 3);
    const accounts = (await rowsOf(page)).map(({ text }) => /Account \d+/.exec(text)?.[0]);
    expect(accounts.toSorted()).toEqual(['Account 1', 'Account 2', 'Account 3']);
    await browser.leave(page);
  });

  test('large HAR: read while the page stays free', async () => {
    const page = await openReport(browser, '#import');
    await prepareLargeHar(page);
    const { longest, took } = await page.evaluate(async () => {
      const { chooseLargeHar } = globalThis as unknown as Prepared;
      let gap = 0;
      let last = performance.now();
      const beat = setInterval(() => {
        gap = Math.max(gap, performance.now() - last);
        last = performance.now();
      }, 10);
      const from = last;
      chooseLargeHar();
      while (!document.querySelector('[data-file], [data-reading="failed"]'))
        await new Promise((done) => setTimeout(done, 20));
      clearInterval(beat);
      return { longest: gap, took: performance.now() - from };
    });
    console.log(
      `${browser.name}: ${LARGE_MB} MB read in ${took.toFixed(0)} ms, the page was held up ${longest.toFixed(0)} ms at most`,
    );
    expect(await page.$('[data-file="large.har"]')).not.toBeNull();
    expect(longest).toBeLessThan(took / 3);
    await browser.leave(page);
  });

  test('reading cancelled in the middle: nothing of the file stays, all else does', async () => {
    const rows = sampleRows(Date.now());
    await seed(browser, {
      ...rows,
      sessions: [liveSession(Date.now())],
    });
    const page = await openReport(browser);
    const before = await countsOf(page);
    expect(Object.keys(before).length).toBeGreaterThan(5);
    await page.evaluate(() => (location.hash = '#import'));
    await appears(page, '[data-field="files"]');
    await prepareLargeHar(page);
    const cancelledAt = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          // Told of each step in turn, however late: nobody has to be quick to meet the middle.
          new MutationObserver((_, observer) => {
            const part = document.querySelector('progress')?.value ?? 0;
            if (part <= 0.05) return;
            observer.disconnect();
            document.querySelector<HTMLElement>('[data-action="cancel-reading"]')?.click();
            done(part);
          }).observe(document.body, { subtree: true, childList: true, attributes: true });
          (globalThis as unknown as Prepared).chooseLargeHar();
        }),
    );
    expect(cancelledAt).toBeGreaterThan(0.05);
    expect(cancelledAt).toBeLessThan(1);
    await appears(page, '[data-reading="cancelled"]');
    expect(await page.$('progress')).toBeNull();
    expect(await page.$('[data-file]')).toBeNull();
    // Files are read one after the other: this one would come after what was cancelled.
    await choose(page, 'files', [{ name: 'small.har', text: textOf('v2-me.har') }]);
    await appears(page, '[data-file="small.har"]');
    expect(await page.$$('[data-file]')).toHaveLength(1);
    await page.evaluate(() => (location.hash = ''));
    await until('the live logins', async () => (await rowsOf(page)).length > 0);
    expect(await countsOf(page)).toEqual(before);
    await browser.leave(page);
  });

  test('file chosen while another is read: that one can still be cancelled', async () => {
    const page = await openReport(browser, '#import');
    await prepareLargeHar(page);
    // In one step, so that the large file cannot be read meanwhile.
    const rows = await page.evaluate(async () => {
      (globalThis as unknown as Prepared).chooseLargeHar();
      const shown = () =>
        [...document.querySelectorAll<HTMLElement>('[data-reading]')].map((row) =>
          [row.querySelector('b')?.textContent, row.dataset['reading']].join(': '),
        );
      while (shown().length === 0) await new Promise((done) => setTimeout(done));
      const input = document.querySelector<HTMLInputElement>('[data-field="files"]');
      const chosen = new DataTransfer();
      chosen.items.add(new File([''], 'empty.har'));
      if (input) input.files = chosen.files;
      input?.dispatchEvent(new Event('change', { bubbles: true }));
      while (!shown().some((name) => name.startsWith('empty.har')))
        await new Promise((done) => setTimeout(done));
      document.querySelector<HTMLElement>('[data-action="cancel-reading"]')?.click();
      return shown().map((name) => name.split(':')[0]);
    });
    expect(rows).toEqual(['large.har', 'empty.har']);
    await appears(page, '[data-reading="cancelled"]');
    expect(await page.$('[data-file]')).toBeNull();
    await browser.leave(page);
  });

  test('reading that goes on while a failed one leaves the list: its button keeps the focus', async () => {
    const page = await openReport(browser, '#import');
    await prepareLargeHar(page);
    // In one step, so that the large file cannot be read meanwhile.
    const isFocused = await page.evaluate(async () => {
      const { chooseLargeHar } = globalThis as unknown as Prepared;
      const cancels = () =>
        document.querySelectorAll<HTMLElement>('[data-action="cancel-reading"]');
      const comes = async (isSo: () => boolean) => {
        while (!isSo()) await new Promise((done) => setTimeout(done));
      };
      chooseLargeHar(new File([''], 'empty.har'));
      const row = () => document.querySelector('[data-reading="failed"] + [data-reading="runs"]');
      await comes(() => row() !== null);
      const [button] = cancels();
      button?.focus();
      chooseLargeHar(new File([''], 'another.har'));
      await comes(() => cancels().length === 2);
      const { activeElement } = document;
      for (const cancel of cancels()) cancel.click();
      return activeElement === button;
    });
    expect(isFocused).toBe(true);
    await appears(page, '[data-reading="cancelled"] ~ [data-reading="cancelled"]');
    await browser.leave(page);
  });

  test('unreadable files: said what is wrong, nothing changed', async () => {
    const page = await openReport(browser, '#import');
    await choose(page, 'files', [
      { name: 'empty.har', text: '' },
      { name: 'other.json', text: '{"a":1}' },
    ]);
    await until(
      'both complaints',
      async () => (await page.$$('[data-reading="failed"]')).length === 2,
    );
    expect(await page.$('[data-file]')).toBeNull();
    expect(Object.values(await countsOf(page))).toEqual([]);
    await browser.leave(page);
  });
});
