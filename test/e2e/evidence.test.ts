import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { repeatLogin } from '../unit/fixtures.ts';
import { violations } from './axe.ts';
import { until } from './browser/until.ts';
import { HOUR } from './extension-api.ts';
import { browser, useBrowser } from './fixtures.ts';
import { appears, openDetails } from './page-actions.ts';
import { showReport } from './report-states.ts';
import { liveSession, rowsOf } from './sample-logins.ts';
import { seed } from './seed.ts';

useBrowser();

const FINDING = '[data-testid="session-findings"] [data-rule="no-state"]';

/** Presses Tab until an element that a selector finds has the focus; returns its text. */
async function tabTo(page: Page, selector: string): Promise<string> {
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate((s) => {
      const at = document.activeElement as HTMLElement | null;
      return at?.matches(s) ? at.innerText : null;
    }, selector);
    if (text !== null) return text;
  }
  throw new Error(`Tab does not reach ${selector}.`);
}

/** The step of a timeline that has the focus and is in sight, once there is one. */
const focusedStep = (page: Page) =>
  until('a step with the focus', () =>
    page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      if (!at?.matches('.timeline li')) return null;
      const { top, bottom } = at.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight ? at.innerText : null;
    }),
  );

describe('finding of an app: what it rests on', () => {
  beforeAll(async () => {
    const now = Date.now();
    const fact = { params: ['client_id', 'response_type'] };
    const logins = [3, 2].flatMap((hours) =>
      repeatLogin(now - hours * HOUR, { fact, tab: `r:${hours}` }),
    );
    await seed(browser, { ...rowsOf(logins), sessions: [liveSession(now)] });
  });

  test('each step has a name of its own, and leads by keyboard to its login’s timeline', async () => {
    const page = await showReport();
    await appears(page, FINDING);
    await openDetails(page, FINDING);
    expect(await violations(page)).toEqual([]);
    await page.focus(`${FINDING} > summary`);
    const first = await tabTo(page, `${FINDING} [data-action="show-step"]`);
    const second = await tabTo(page, `${FINDING} [data-action="show-step"]`);
    expect(first).toMatch(/\d\d:\d\d:\d\d Kakao sent the code back 302$/);
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    const step = await focusedStep(page);
    expect(step).toContain('Kakao sent the code back 302');
    const [time = 'no time'] = second.match(/\d\d:\d\d:\d\d/) ?? [];
    expect(step).toContain(time);
    expect(await violations(page)).toEqual([]);
    await browser.leave(page);
  });

  test('numbers of what to do begin where its paragraphs do', async () => {
    const page = await showReport();
    await appears(page, FINDING);
    await openDetails(page, FINDING);
    const [paragraph, list] = await page.$eval(FINDING, (finding) =>
      ['p', 'ol'].map((name) => finding.querySelector(name)?.getBoundingClientRect().left),
    );
    expect(paragraph).toBeGreaterThan(0);
    expect(list).toBe(paragraph);
    await browser.leave(page);
  });
});
