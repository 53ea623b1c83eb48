import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { rulesIn, themesIn, violations } from './axe.ts';
import { until } from './browser/until.ts';
import { inEachBrowser, type Lab } from './lab.ts';
import { overflow } from './overflow.ts';
import { act, choose, openReport } from './report-page.ts';
import { liveSession, sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 400, height: 800 };
const VIEWS = ['', '#import', '#recipes', '#guide'];
const FINE = { scrolls: false, cut: [] };

const go = async (page: Page, view: string) => {
  await page.evaluate((hash) => (location.hash = hash), view);
  await until(`the view ${view}`, () =>
    page.evaluate(
      (name) => document.querySelector('[aria-current="page"]')?.getAttribute('href') === name,
      view || '#',
    ),
  );
};

const pick = (page: Page, index: number, beside = false) =>
  page.evaluate(
    (at, ctrlKey) => {
      const row = document.querySelectorAll('[data-row]')[at];
      row?.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey }));
    },
    index,
    beside,
  );

const openAll = (page: Page) =>
  until('everything to be open', () =>
    page.evaluate(() => {
      const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
      for (const details of closed) details.querySelector('summary')?.click();
      return closed.length === 0;
    }),
  );

/** Goes through the page in every state that looks different, and looks at each. */
async function everyState(page: Page, look: (state: string) => Promise<void>): Promise<void> {
  await until('the rows', () => page.$('[data-row]'));
  await look('logins');
  await pick(page, 0);
  await until('a login', () => page.$('[data-detail]'));
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-preview="json"]')?.click());
  await until('the preview', () => page.$('.preview'));
  await openAll(page);
  await look('a login and an export preview');
  await pick(page, 5, true);
  await until('two logins', () => page.$('[data-testid="difference"]'));
  await openAll(page);
  await look('two logins side by side');
  await act(page, 'close-detail');
  for (const view of VIEWS.slice(1)) {
    await go(page, view);
    if (view === '#import' && !(await page.$('[data-reading="failed"]'))) {
      await choose(page, 'files', [{ name: 'a-rather-long-name-of-a-file.json', text: '{"a":1}' }]);
      await until('the complaint', () => page.$('[data-reading="failed"]'));
    }
    if (view !== '#guide') await openAll(page);
    await look(view);
  }
  await go(page, '');
}

const filled = (lab: Lab) =>
  seed(lab.browser, { ...sampleRows(Date.now()), sessions: [liveSession(Date.now())] });

for (const lang of ['en', 'ko'] as const)
  inEachBrowser(`the report page for everyone, ${lang}`, { lang }, (lab) => {
    test.each(themesIn(lang))('axe finds nothing in any state; dark: %s', async (dark) => {
      await seed(lab.browser, {});
      const bare = await openReport(lab.browser, '', { ...WIDE, dark });
      await bare.bringToFront();
      await until('nothing', () => bare.$('[data-testid="empty"]'));
      expect(await violations(bare, rulesIn(dark)), 'empty').toEqual([]);
      expect(await bare.evaluate(() => document.documentElement.lang)).toBe(lang);
      await bare.close();
      await filled(lab);
      const page = await openReport(lab.browser, '', { ...WIDE, dark });
      await page.bringToFront();
      await everyState(page, async (state) => {
        expect(await violations(page, rulesIn(dark)), state).toEqual([]);
        expect(await overflow(page), state).toEqual(FINE);
      });
      await page.close();
    });

    test('nothing is cut off or reaches out of the window, also with text at twice the size', async () => {
      await filled(lab);
      for (const [look, size] of [
        [NARROW, '100%'],
        [NARROW, '200%'],
        [WIDE, '200%'],
      ] as const) {
        const page = await openReport(lab.browser, '', look);
        await page.bringToFront();
        await page.evaluate((to) => (document.documentElement.style.fontSize = to), size);
        await everyState(page, async (state) => {
          expect(await overflow(page), `${state}, ${look.width} px, ${size}`).toEqual(FINE);
        });
        await page.close();
      }
    });

    test.runIf(lang === 'en')('every control is reached by the keyboard, in order', async () => {
      await filled(lab);
      const page = await openReport(lab.browser, '', WIDE);
      await page.bringToFront();
      await until('the rows', () => page.$('[data-row]'));
      const wanted = await page.evaluate(() => {
        const all = document.querySelectorAll<HTMLElement>(
          'a[href], button, input, select, textarea, summary, [tabindex="0"]',
        );
        return [...all]
          .filter((e) => e.offsetParent !== null && !(e as HTMLButtonElement).disabled)
          .map((e, i) => (e.dataset['stop'] = String(i)));
      });
      expect(wanted.length).toBeGreaterThan(40);
      const reached: string[] = [];
      for (let i = 0; i < wanted.length + 5 && reached.at(-1) !== wanted.at(-1); i += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(
          () => (document.activeElement as HTMLElement | null)?.dataset['stop'],
        );
        if (stop !== undefined) reached.push(stop);
      }
      expect(reached).toEqual(wanted);
      await page.close();
    });
  });
