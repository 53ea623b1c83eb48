import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { rulesIn, themesIn, violations } from './axe.ts';
import type { PageLook } from './browser/contract.ts';
import { until } from './browser/until.ts';
import { SITES } from './inside.ts';
import { inEachBrowser, type Lab } from './lab.ts';
import { overflow } from './overflow.ts';
import { openPopup, readCards } from './popup.ts';
import { sampleRows, type Rows } from './sample-logins.ts';
import { seed } from './seed.ts';

const NARROW = { width: 400, height: 600 };
const WIDE = { width: 1200, height: 800 };

/** Opens everything that can be opened, a question to confirm and the app keys included. */
async function openAll(page: Page): Promise<void> {
  await readCards(page);
  await until('everything to be open', () =>
    page.evaluate(() => {
      const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
      for (const details of closed) details.querySelector('summary')?.click();
      return closed.length === 0;
    }),
  );
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.key')?.click();
    for (const action of ['unwatch', 'reset-salt', 'clear'])
      document.querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();
    const [days, count] = document.querySelectorAll<HTMLInputElement>('.settings .number');
    for (const field of [days, count]) {
      if (!field) continue;
      field.value = 'x';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
}

const verdictsOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-verdict]')].map((c) => c.dataset['verdict']),
  );
const hintOf = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLElement>('[data-hint]')?.dataset['hint'] ?? null);

/** Every state of the popup in the themes, narrow and wide. */
function inEveryState(lab: Lab, themes: boolean[], rows: () => Rows) {
  const shown = async (site: string | null, look: PageLook) => {
    const page = await openPopup(lab.browser, site, look);
    await page.bringToFront();
    return page;
  };

  describe('nothing to show', () => {
    beforeAll(() => seed(lab.browser, {}));

    test.each(themes)('not watched, watched, a browser page; dark: %s', async (dark) => {
      for (const [site, hint] of [
        [SITES.page2, 'not_watched'],
        [SITES.page, 'no_login'],
        [null, 'browser_page'],
      ] as const) {
        const page = await shown(site, { ...NARROW, dark });
        expect(await hintOf(page)).toBe(hint);
        expect(await violations(page, rulesIn(dark)), hint).toEqual([]);
        expect(await overflow(page)).toEqual({ scrolls: false, cut: [] });
        await page.close();
      }
    });

    test('paused', async () => {
      const track = { ...rows().track, pausedAt: Date.now() - 60_000 };
      await seed(lab.browser, { track });
      for (const dark of themes) {
        const page = await shown(SITES.page, { ...NARROW, dark });
        expect(await hintOf(page)).toBe('paused');
        expect(await violations(page, rulesIn(dark))).toEqual([]);
        await page.close();
      }
    });
  });

  describe('logins of every verdict, everything opened', () => {
    beforeAll(() =>
      seed(lab.browser, {
        ...rows(),
        meta: { health: { problem: null, held: 0, dropped: 2, pruned: 7 } },
      }),
    );

    test.each(themes)('dark: %s', async (dark) => {
      for (const look of [NARROW, WIDE]) {
        const page = await shown(SITES.page, { ...look, dark });
        await openAll(page);
        expect(new Set(await verdictsOf(page))).toEqual(
          new Set([
            'pending',
            'missed',
            'unseen',
            'late',
            'complete',
            'unlinked',
            'not-applicable',
          ]),
        );
        expect(await violations(page, rulesIn(dark))).toEqual([]);
        expect(await overflow(page)).toEqual({ scrolls: false, cut: [] });
        await page.close();
      }
    });

    test('text at twice the size is not cut off', async () => {
      for (const look of [NARROW, WIDE]) {
        const page = await shown(SITES.page, look);
        await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
        await openAll(page);
        const size = await page.evaluate(() => {
          const popup = document.querySelector('.popup');
          return popup && getComputedStyle(popup).fontSize;
        });
        expect(size).toBe('26px');
        expect(await overflow(page)).toEqual({ scrolls: false, cut: [] });
        await page.close();
      }
    });
  });
}

/** Whether the first countdown ticks and its bar slides, as seen over two seconds. */
const motion = (page: Page) =>
  page.evaluate(async () => {
    const text = () => document.querySelector('[role="timer"]')?.textContent ?? '';
    const bar = document.querySelector('.bar') as Element;
    const before = text();
    await new Promise((done) => setTimeout(done, 2100));
    return {
      ticks: before !== text(),
      slides: getComputedStyle(bar, '::before').transitionDuration !== '0s',
    };
  });

for (const lang of ['en', 'ko'] as const)
  inEachBrowser(`axe finds nothing, ${lang}`, { lang, grants: [SITES.page] }, (lab) => {
    inEveryState(lab, themesIn(lang), () => sampleRows(Date.now()));

    test('the page says its language', async () => {
      const page = await openPopup(lab.browser, SITES.page);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(lang);
      await page.close();
    });

    test.runIf(lang === 'en')('countdowns rest for who wants less motion', async () => {
      await seed(lab.browser, sampleRows(Date.now()));
      const lively = await openPopup(lab.browser, SITES.page, NARROW);
      expect(await motion(lively)).toEqual({ ticks: true, slides: true });
      await lively.close();
      const calm = await openPopup(lab.browser, SITES.page, { ...NARROW, reducedMotion: true });
      expect(await motion(calm)).toEqual({ ticks: false, slides: false });
      await calm.close();
    });
  });
