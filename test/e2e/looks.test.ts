import { beforeAll, describe, expect, test } from 'vitest';
import { browser, useBrowser } from './fixtures.ts';
import { expectNoOverflow } from './overflow.ts';
import {
  EVERY_VERDICT,
  HINTS,
  hintOf,
  openEverything,
  POPUP_SIZE,
  seedEveryVerdict,
  setTextSize,
  showPopup,
  verdictsOf,
  WIDE,
} from './popup-states.ts';
import { everyState, NARROW, REPORT_SIZE, seedSession, showReport } from './report-states.ts';
import { seed } from './seed.ts';
import { SITES } from './sites.ts';

useBrowser({ grants: [SITES.page] });

describe('popup: nothing is cut off', () => {
  test('with nothing to show', async () => {
    await seed(browser, {});
    for (const [site, hint] of HINTS) {
      const page = await showPopup(site);
      expect(await hintOf(page)).toBe(hint);
      await expectNoOverflow(page, hint);
      await browser.leave(page);
    }
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
      await setTextSize(page, percent);
      const shown = await page.evaluate(() => {
        const popup = document.querySelector('.popup');
        return popup && getComputedStyle(popup).fontSize;
      });
      expect(shown).toBe(fontSize);
      for (const look of [POPUP_SIZE, WIDE]) {
        await browser.setLook(page, look);
        await expectNoOverflow(page, `${look.width} px, ${percent} %`);
      }
    }
    await browser.leave(page);
  });
});

describe('report page: nothing is cut off', () => {
  beforeAll(seedSession);

  test('in every state, at any size', async () => {
    const page = await showReport();
    await everyState(page, async (state) => {
      for (const [size, percent] of [
        [REPORT_SIZE, 100],
        [NARROW, 100],
        [NARROW, 200],
        [REPORT_SIZE, 200],
      ] as const) {
        await browser.setLook(page, size);
        await setTextSize(page, percent);
        await expectNoOverflow(page, `${state}, ${size.width} px, ${percent} %`);
      }
      await browser.setLook(page, REPORT_SIZE);
      await setTextSize(page, 100);
    });
    await browser.leave(page);
  });
});
