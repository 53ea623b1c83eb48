import { describe, expect, test } from 'vitest';
import { THEME_RULES, violations } from '../axe.ts';
import { browser, useBrowser } from '../fixtures.ts';
import { appears, openDetails } from '../page-actions.ts';
import { everyState, REPORT_SIZE, seedSession, showReport } from '../report-states.ts';
import { seed } from '../seed.ts';

useBrowser();

describe('report page', () => {
  test('with nothing recorded: accessible in both themes, in its language', async () => {
    await seed(browser, {});
    const page = await showReport();
    await appears(page, '[data-testid="empty"]');
    expect(await violations(page), 'empty').toEqual([]);
    await browser.setLook(page, { dark: true });
    expect(await violations(page, THEME_RULES), 'empty, dark').toEqual([]);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await browser.leave(page);
  });

  test('in every state: accessible in both themes', async () => {
    await seedSession();
    const page = await showReport();
    await everyState(page, async (state) => {
      expect(await violations(page), state).toEqual([]);
      await browser.setLook(page, { ...REPORT_SIZE, dark: true });
      expect(await violations(page, THEME_RULES), `${state}, dark`).toEqual([]);
      await browser.setLook(page, REPORT_SIZE);
    });
    await browser.leave(page);
  });

  test('every control is reached by the keyboard, in order', async () => {
    await seedSession();
    const page = await showReport();
    await appears(page, '[data-row]');
    for (const fold of ['session-fields', 'export-menu', 'test-plan'])
      await openDetails(page, `[data-testid="${fold}"]`);
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
    await browser.leave(page);
  });
});
