import { beforeAll, describe, expect, test } from 'vitest';
import { browser, useBrowser } from './fixtures.ts';
import {
  EVERY_VERDICT,
  expectHintsFit,
  expectPopupFits,
  openEverything,
  seedEveryVerdict,
  showPopup,
  verdictsOf,
} from './popup-states.ts';
import { everyState, expectReportFits, seedSession, showReport } from './report-states.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: [SITES.page] });

describe('popup: nothing is cut off', () => {
  test('with nothing to show', async () => {
    await expectHintsFit();
  });

  test('with logins of every verdict and everything opened, at any size', async () => {
    await seedEveryVerdict();
    const page = await showPopup(SITES.page);
    await openEverything(page);
    expect(await verdictsOf(page)).toEqual(EVERY_VERDICT);
    for (const [percent, fontSize] of [
      [100, '13px'],
      [200, '26px'],
    ] as const) {
      await expectPopupFits(page, percent);
      const shown = await page.evaluate(() => {
        const popup = document.querySelector('.popup');
        return popup && getComputedStyle(popup).fontSize;
      });
      expect(shown).toBe(fontSize);
    }
    await browser.leave(page);
  });
});

describe('report page: nothing is cut off', () => {
  beforeAll(seedSession);

  test('in every state, at any size', async () => {
    const page = await showReport();
    await everyState(page, (state) => expectReportFits(page, state));
    await browser.leave(page);
  });
});
