import type { Page } from 'puppeteer-core';
import { beforeAll, expect, test } from 'vitest';
import { until } from './browser/until.ts';
import { inEachBrowser } from './lab.ts';
import { overflow } from './overflow.ts';
import { exportedText, openReport, rowsOf } from './report-page.ts';
import { liveSession, sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';

/** An A4 page's width between its margins of 14 mm, in CSS pixels. */
const PAPER = 688;

const printed = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLTableRowElement>('[data-testid="printed"] tbody tr')].map(
      (row) => [...row.cells].map((cell) => cell.textContent),
    ),
  );

inEachBrowser('handing a session on', {}, (lab, name) => {
  beforeAll(() =>
    seed(lab.browser, {
      ...sampleRows(Date.now()),
      sessions: [{ ...liveSession(Date.now()), tester: 'Jisoo', environment: 'staging' }],
    }),
  );

  test('its sum in one line arrives in the clipboard', async () => {
    const page = await openReport(lab.browser);
    await page.bringToFront();
    await until('the rows', () => page.$('[data-row]'));
    await page.click('[data-action="copy-summary"]');
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
    expect(pasted).toMatch(/^2026-01-01: 12 logins: Missed 2, Late 1, .*Complete 1/);
    const markdown = await exportedText(page, 'md');
    expect(markdown).toContain(`**${pasted.replace('2026-01-01: ', '')}**`);
    await page.close();
  });

  test('paper gets every login that the filter shows, and nothing to press', async () => {
    const page = await openReport(lab.browser, '', { width: PAPER, height: 900 });
    await page.bringToFront();
    await until('the rows', () => page.$('[data-row]'));
    await page.select('[data-filter="verdict"]', 'pending');
    const shown = await until('the pending ones', async () => {
      const rows = await rowsOf(page);
      return rows.length === 4 && rows.every((r) => r.verdict === 'pending') ? rows : null;
    });
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-row]')?.click());
    await until('a login', () => page.$('[data-detail]'));
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const rows = await printed(page);
    expect(rows).toHaveLength(shown.length);
    for (const [i, cells] of rows.entries()) {
      expect(shown[i]?.text).toContain(cells[3]);
      expect(cells.slice(0, -1)).not.toContain('');
    }
    const head = await page.evaluate(
      () => document.querySelector<HTMLElement>('[data-testid="printed"]')?.textContent ?? '',
    );
    expect(head).toContain('Jisoo');
    expect(head).toContain('staging');
    if (name === 'chromium') await lookAtPaper(page);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.$('[data-testid="printed"]')).toBeNull();
    await page.close();
  });

  // Only Chromium prints in a test, and shows a page as it would be on paper.
  test.runIf(name === 'chromium')('the browser’s own printing makes the document', async () => {
    const page = await openReport(lab.browser);
    await until('the rows', () => page.$('[data-row]'));
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        const rows = document.querySelectorAll('[data-testid="printed"] tbody tr').length;
        document.body.dataset['printedRows'] = String(rows);
      }),
    );
    const file = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(Buffer.from(file.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(await page.evaluate(() => document.body.dataset['printedRows'])).toBe('12');
    expect(await page.$('[data-testid="printed"]')).toBeNull();
    await page.close();
  });
});

async function lookAtPaper(page: Page): Promise<void> {
  await page.emulateMediaType('print');
  await page.evaluate(() => {
    document.body.style.background = '#fff';
  });
  const controls = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, nav a')]
      .filter((e) => e.checkVisibility() && e.getClientRects().length > 0)
      .map((e) => e.outerHTML.slice(0, 100)),
  );
  expect(controls).toEqual([]);
  expect(await overflow(page)).toEqual({ scrolls: false, cut: [] });
  const [broken, heads] = await page.evaluate(() => [
    [...document.querySelectorAll('.printed tr')].filter(
      (tr) => getComputedStyle(tr).breakInside !== 'avoid',
    ).length,
    getComputedStyle(document.querySelector('.printed thead') as Element).display,
  ]);
  expect(broken).toBe(0);
  expect(heads).toBe('table-header-group');
  if (process.env['LINKWATCH_SHOTS'])
    await page.screenshot({
      path: `${process.env['LINKWATCH_SHOTS']}/paper.png` as `${string}.png`,
      fullPage: true,
    });
  await page.emulateMediaType('screen');
}
