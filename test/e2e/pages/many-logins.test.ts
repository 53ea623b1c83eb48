import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { VerdictName } from '../../../utils/model/verdict.ts';
import type { StoredLogin } from '../../../utils/store/schema.ts';
import { verdictOf } from '../../../utils/verdict/decide/verdict.ts';
import { addObservations } from '../../bench/many-logins.ts';
import { timePopup } from '../../bench/popup-time.ts';
import { scaled, until } from '../browser/until.ts';
import { browser, browserName, useBrowser } from '../fixtures.ts';
import { appears, disappears } from '../page-actions.ts';
import { openPopup } from '../popup.ts';
import { act, openReport } from '../report-page.ts';
import { liveSession, REHEARSED, sampleRows, type Rows } from '../sample-logins.ts';
import { earlier, seed } from '../seed.ts';
import { SITES } from '../sites.ts';

const LOGINS = 10_000;
/** Of 50,000 observations `npm run bench -- report` tells; how they are read and written shows with fewer, sooner. */
const PER_LOGIN = browserName === 'chromium' ? 2 : 1;

// A popup that another file has left open would read all of these logins at every change.
useBrowser({ grants: [SITES.page], own: true });

describe(`10,000 logins of ${LOGINS * PER_LOGIN} observations`, () => {
  /** The instant that the stored logins were made for, epoch ms. */
  let made = 0;

  beforeAll(async () => {
    made = Date.now();
    const rows = steadySamples(made);
    await seed(browser, {
      ...rows,
      observations: [],
      sessions: [liveSession(made)],
      count: LOGINS,
    });
    const call = rows.observations.find((o) => o.type === 'api') as object;
    await addObservations(browser, call, LOGINS, PER_LOGIN);
  });

  test('popup: right sections and counts, opened quickly without the worker', async () => {
    expect(await browser.workerRuns()).toBe(false);
    const page = await openPopup(browser, SITES.page);
    const counts = await page.evaluate(() =>
      Object.fromEntries(
        ['open', 'attention', 'done'].map((name) => [
          name,
          Number(document.querySelector(`[data-testid="${name}"] .count`)?.textContent),
        ]),
      ),
    );
    const wanted = expectedSections(made, Date.now());
    expect(wanted.open + wanted.attention + wanted.done).toBe(LOGINS);
    // Of those that wait for the tester's word only the newest are listed, under what needs attention.
    const waiting = (counts['attention'] ?? 0) - wanted.attention;
    expect(waiting).toBeGreaterThan(0);
    expect(counts).toEqual({
      open: wanted.open,
      attention: wanted.attention + waiting,
      done: wanted.done - waiting,
    });
    await until('all rows', () =>
      page.evaluate(
        (rows) => document.querySelectorAll('[data-login-id]').length === rows,
        100 + waiting,
      ),
    );
    expect(await page.evaluate(() => document.querySelectorAll('[data-needs-word]').length)).toBe(
      waiting,
    );
    const verdicts = await page.evaluate(() =>
      ['open', 'attention'].map((name) => {
        const cards = document.querySelectorAll<HTMLElement>(
          `[data-testid="${name}"] [data-verdict]:not([data-needs-word])`,
        );
        return [...new Set([...cards].map((c) => c.dataset['verdict'] ?? ''))].sort();
      }),
    );
    expect(verdicts[0]).toEqual(['pending']);
    expect(verdicts[1]?.length).toBeGreaterThan(0);
    for (const v of verdicts[1] ?? []) expect(['late', 'missed', 'unseen']).toContain(v);
    expect(await browser.workerRuns()).toBe(false);
    await browser.leave(page);

    const site = await browser.newPage(SITES.page);
    const { data } = await timePopup(browser, site);
    console.log(`${browser.name}: the popup’s data after ${data.toFixed(0)} ms`);
    expect(data).toBeLessThan(scaled(5000));
    await browser.leave(site);
  });

  test('report page: few rows in the document, a search answers at once', async () => {
    const from = performance.now();
    const page = await openReport(browser);
    const opened = performance.now() - from;
    await page.bringToFront();
    // The newest logins show first.
    await until('all rows', async () => (await tableOf(page)).count === LOGINS + 1);
    await appears(page, '[data-field="search"]');
    const top = await tableOf(page);
    expect(top.count).toBe(LOGINS + 1);
    expect(top.inDocument).toBeLessThan(60);

    const times = (await searchTimes(page)).toSorted((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? Infinity;
    console.log(
      `${browser.name}: opened in ${opened.toFixed(0)} ms; search median ${median.toFixed(1)} ms, ` +
        `most ${(times.at(-1) ?? 0).toFixed(1)} ms of ${times.length}`,
    );
    expect(median).toBeLessThan(scaled(500));

    await page.focus('[role="grid"]');
    await page.keyboard.press('End');
    await until('the end', async () => (await tableOf(page)).last === LOGINS + 1);
    expect((await tableOf(page)).inDocument).toBeLessThan(60);

    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await appears(page, '[data-detail]');
    await until('the list to keep its place', async () => (await activeRow(page)) === LOGINS);
    await page.keyboard.press('ArrowUp');
    await act(page, 'close-detail');
    await disappears(page, '[data-detail]');
    await until('the list to keep it again', async () => (await activeRow(page)) === LOGINS - 1);
    await browser.leave(page);
  });

  test('export: shows progress, leaves the page free, can be cancelled', async () => {
    const page = await openReport(browser);
    const saved = () => page.evaluate(() => Number(document.body.dataset['saved'] ?? '0'));
    await page.evaluate(() => {
      const make = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => {
        document.body.dataset['saved'] = String((blob as Blob).size);
        return make(blob);
      };
    });
    await cancelExport(page);
    expect(await saved()).toBe(0);
    await act(page, 'export');
    const longest = await page.evaluate(async () => {
      let longestGap = 0;
      let last = performance.now();
      while (document.querySelector('[data-testid="writing"]')) {
        await new Promise((done) => setTimeout(done, 0));
        longestGap = Math.max(longestGap, performance.now() - last);
        last = performance.now();
      }
      return longestGap;
    });
    console.log(`${browser.name}: writing held the page up for ${longest.toFixed(0)} ms at most`);
    await until('the file', async () => (await saved()) > 0);
    expect(await saved()).toBeGreaterThan(LOGINS * PER_LOGIN * 100);
    await browser.leave(page);
  });
});

/** Samples of which none changes its verdict while the tests run. */
function steadySamples(now: number): Rows {
  const { logins, ...rest } = sampleRows(now);
  const passesSoon = (l: StoredLogin) => l.clientId === REHEARSED && l.index.standing[1] > now;
  return { ...rest, logins: logins.filter((l) => !passesSoon(l)) };
}

/** How many of the many logins have each verdict at an instant (epoch ms), judged one by one. */
function expectedSections(
  seededAt: number,
  now: number,
): Record<'open' | 'attention' | 'done', number> {
  const { logins, apps } = steadySamples(seededAt);
  const sections = { open: 0, attention: 0, done: 0 };
  const attention: VerdictName[] = ['missed', 'unseen', 'late'];
  for (let i = 0; i < LOGINS; i += 1) {
    const like = logins[i % logins.length];
    const app = apps.find((a) => a.clientId === like?.clientId);
    if (!like || !app) throw new Error('no sample');
    const { verdict } = verdictOf(like, app, now + earlier(i));
    if (verdict === 'pending') sections.open += 1;
    else sections[attention.includes(verdict) ? 'attention' : 'done'] += 1;
  }
  return sections;
}

/** The rows of the report page's table: in the document, in all, and by place. */
const tableOf = (page: Page) =>
  page.evaluate(() => {
    const grid = document.querySelector('[role="grid"]');
    const found = [...document.querySelectorAll('[data-row]')];
    return {
      inDocument: found.length,
      count: Number(grid?.getAttribute('aria-rowcount')),
      last: Math.max(...found.map((r) => Number(r.getAttribute('aria-rowindex')))),
    };
  });

/** The place of the row that keys act on, if the table has the focus and shows all of the row; null otherwise. */
const activeRow = (page: Page) =>
  page.evaluate(() => {
    const grid = document.activeElement;
    const row = document.getElementById(grid?.getAttribute('aria-activedescendant') ?? '');
    if (!grid || !row) return null;
    const [outer, inner] = [grid.getBoundingClientRect(), row.getBoundingClientRect()];
    const isShown = inner.top >= outer.top && inner.bottom <= outer.bottom + 1;
    return isShown ? Number(row.getAttribute('aria-rowindex')) : null;
  });

/** How long the table takes to answer searches of different results, one after the other, in ms. */
const searchTimes = (page: Page) =>
  page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('[data-field="search"]');
    if (!input) throw new Error('no search');
    const shown = () => document.querySelector('[data-testid="shown"]')?.textContent ?? '';
    const measured: number[] = [];
    for (const text of ['r', 'rehearsed', 'zzz', 'missed', 'unwatched', 'zzz', '']) {
      const before = shown();
      const begun = performance.now();
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      // The first letter is in every row.
      if (text === 'r') continue;
      while (shown() === before) await new Promise((done) => setTimeout(done, 0));
      measured.push(performance.now() - begun);
    }
    return measured;
  });

/** Begins an export and gives it up as soon as the page says that it is written. */
async function cancelExport(page: Page): Promise<void> {
  const cancelled = page.evaluate(
    () =>
      new Promise<void>((done) => {
        new MutationObserver((_, observer) => {
          if (!document.querySelector('[data-testid="writing"] progress')) return;
          observer.disconnect();
          document.querySelector<HTMLElement>('[data-action="cancel-writing"]')?.click();
          done();
        }).observe(document.body, { subtree: true, childList: true });
      }),
  );
  await act(page, 'export');
  await cancelled;
  await until('its end', async () => !(await page.$('[data-testid="writing"]')));
}
