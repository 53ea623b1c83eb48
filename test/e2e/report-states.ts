import type { Page } from 'puppeteer-core';
import type { PageLook } from './browser/contract.ts';
import { until } from './browser/until.ts';
import { browser } from './fixtures.ts';
import { expectNoOverflow } from './overflow.ts';
import { appears, openAllDetails } from './page-actions.ts';
import { setTextSize } from './popup-states.ts';
import { act, choose, openReport } from './report-page.ts';
import { liveSession, sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';

export const REPORT_SIZE = { width: 1280, height: 800 };
const NARROW = { width: 400, height: 800 };
/** As narrow as a page of 1280 px is at 400 %. */
const NARROWEST = { width: 320, height: 800 };
const VIEWS = ['#import', '#recipes', '#guide'];

/** Opens the report page in front. */
export async function showReport(look: PageLook = REPORT_SIZE): Promise<Page> {
  const page = await openReport(browser, '', look);
  await page.bringToFront();
  return page;
}

/** Stores logins of every verdict in one session. */
export const seedSession = (): Promise<void> =>
  seed(browser, { ...sampleRows(Date.now()), sessions: [liveSession(Date.now())] });

const go = async (page: Page, view: string) => {
  await page.evaluate((hash) => (location.hash = hash), view);
  await until(`the view ${view}`, () =>
    page.evaluate(
      (name) => document.querySelector('[aria-current="page"]')?.getAttribute('href') === name,
      view || '#',
    ),
  );
};

/** Opens a row's login, beside the one that is open already where asked to. */
const pick = (page: Page, index: number, { beside = false } = {}) =>
  page.evaluate(
    (at, ctrlKey) => {
      const row = document.querySelectorAll('[data-row]')[at];
      row?.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey }));
    },
    index,
    beside,
  );

/** Goes through the page in every state that looks different, and looks at each. */
export async function everyState(
  page: Page,
  look: (state: string) => Promise<void>,
): Promise<void> {
  await appears(page, '[data-row]');
  await look('logins');
  await pick(page, 0);
  await appears(page, '[data-detail]');
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-preview="json"]')?.click());
  await appears(page, '.preview');
  await openAllDetails(page);
  await look('a login and an export preview');
  await pick(page, 5, { beside: true });
  await appears(page, '[data-testid="difference"]');
  await openAllDetails(page);
  await look('two logins side by side');
  await act(page, 'close-detail');
  for (const view of VIEWS) {
    await go(page, view);
    if (view === '#import') {
      await choose(page, 'files', [{ name: 'a-rather-long-name-of-a-file.json', text: '{"a":1}' }]);
      await appears(page, '[data-reading="failed"]');
    }
    if (view !== '#guide') await openAllDetails(page);
    await look(view);
  }
}

/** Expects that nothing is cut off in a wide and in a narrow window, with text as usual and at twice its size. */
export async function expectReportFits(page: Page, state: string): Promise<void> {
  for (const [size, percent] of [
    [NARROW, 100],
    [NARROW, 200],
    [NARROWEST, 200],
    [REPORT_SIZE, 200],
    [REPORT_SIZE, 100],
  ] as const) {
    await browser.setLook(page, size);
    await setTextSize(page, percent);
    await expectNoOverflow(page, `${state}, ${size.width} px, ${percent} %`);
  }
}
