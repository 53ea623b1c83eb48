import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../axe.ts';
import { builtMessages } from '../built-messages.ts';
import { browser, useBrowser } from '../fixtures.ts';
import { expectNoOverflow } from '../overflow.ts';
import { appears, openAllDetails } from '../page-actions.ts';
import {
  EVERY_VERDICT,
  expectHintsFit,
  expectPopupFits,
  hintOf,
  openEverything,
  seedEveryVerdict,
  seedPause,
  showPopup,
  verdictsOf,
} from '../popup-states.ts';
import { readCards } from '../popup.ts';
import { everyState, expectReportFits, seedSession, showReport } from '../report-states.ts';
import { sampleRows } from '../sample-logins.ts';
import { seed } from '../seed.ts';
import { SITES } from '../sites.ts';

/** Words that Korean developers write in Latin letters, and names. */
const LATIN = new Set([
  'linkwatch',
  'kakao',
  'login',
  'for',
  'api',
  'json',
  'har',
  'url',
  'rest',
  'preflight',
]);

/** English words of a text that are no code, no key, no path, no address and not among `LATIN`. */
function englishIn(text: string): string[] {
  const own = text.replace(/https?:\/\/\S+/g, '');
  return (own.match(/(?<![\w./-])[A-Za-z][a-z]{2,}(?![\w./-])/g) ?? []).filter(
    (w) => !LATIN.has(w.toLowerCase()),
  );
}

useBrowser({ lang: 'ko', grants: [SITES.page] });

describe('Korean popup', () => {
  test('in a narrow side panel, whether the site is watched stays in one line', async () => {
    const page = await showPopup(SITES.page2, { width: 250, height: 600 });
    const lines = await page.$eval('.watch-state', (e) => {
      const { height } = e.getBoundingClientRect();
      return height / parseFloat(getComputedStyle(e).lineHeight);
    });
    expect(Math.round(lines)).toBe(1);
    await browser.leave(page);
  });

  test('every text is Korean, and none is the English one', async () => {
    await seed(browser, {
      ...sampleRows(Date.now()),
      meta: { health: { problem: 'db-full', held: 1, dropped: 2, pruned: 7 } },
    });
    const page = await showPopup(SITES.page);
    await readCards(page);
    await openAllDetails(page);
    const { lang, texts } = await page.evaluate(() => {
      for (const action of ['unwatch', 'reset-salt', 'clear'])
        document.querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();
      const copy = document.body.cloneNode(true) as HTMLElement;
      for (const code of copy.querySelectorAll('code, .key, .site-name, time, script, style'))
        code.remove();
      const own = [...copy.querySelectorAll('*')].flatMap((e) => [
        ...[...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent ?? ''),
        ...['aria-label', 'aria-valuetext', 'placeholder', 'title', 'alt'].map(
          (name) => e.getAttribute(name) ?? '',
        ),
      ]);
      return {
        lang: document.documentElement.lang,
        texts: [...new Set(own.map((x) => x.trim()).filter(Boolean))],
      };
    });
    expect(lang).toBe('ko');
    expect(texts.length).toBeGreaterThan(120);
    const korean = builtMessages('ko');
    const english = [...builtMessages('en')]
      .filter(([key, text]) => /[A-Za-z]{3}/.test(text) && korean.get(key) !== text)
      .flatMap(([, text]) => text.split(' | '));
    expect(english.length).toBeGreaterThan(200);
    expect(texts.filter((shown) => english.includes(shown))).toEqual([]);
    expect(texts.filter((shown) => englishIn(shown).length > 0)).toEqual([]);
    await browser.leave(page);
  });

  test('nothing to show: each hint fits', async () => {
    await expectHintsFit();
    await seedPause();
    const page = await showPopup(SITES.page);
    expect(await hintOf(page)).toBe('paused');
    await expectNoOverflow(page, 'paused');
    await browser.leave(page);
  });

  test('everything opened: accessible, and nothing is cut off at any size', async () => {
    await seedEveryVerdict();
    const page = await showPopup(SITES.page);
    await openEverything(page);
    expect(await verdictsOf(page)).toEqual(EVERY_VERDICT);
    expect(await violations(page)).toEqual([]);
    for (const percent of [100, 200]) await expectPopupFits(page, percent);
    await browser.leave(page);
  });
});

describe('Korean report page', () => {
  beforeAll(seedSession);

  test('accessible, and nothing is cut off in any state at any size', async () => {
    const page = await showReport();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ko');
    await appears(page, '[data-row]');
    await everyState(page, async (state) => {
      if (state === 'two logins side by side') expect(await violations(page)).toEqual([]);
      await expectReportFits(page, state);
    });
    await browser.leave(page);
  });
});
