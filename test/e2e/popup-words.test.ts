import { expect, test } from 'vitest';
import { until } from './browser/until.ts';
import { SITES } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { openPopup, readCards } from './popup.ts';
import { sampleRows } from './sample-logins.ts';
import { seed } from './seed.ts';
import { words } from './words.ts';

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

inEachBrowser('in Korean', { lang: 'ko', grants: [SITES.page] }, (lab) => {
  test('every text is Korean, and none is the English one', async () => {
    await seed(lab.browser, {
      ...sampleRows(Date.now()),
      meta: { health: { problem: 'db-full', held: 1, dropped: 2, pruned: 7 } },
    });
    const page = await openPopup(lab.browser, SITES.page);
    await readCards(page);
    await until('everything to be open', () =>
      page.evaluate(() => {
        const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
        for (const details of closed) details.querySelector('summary')?.click();
        return closed.length === 0;
      }),
    );
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
    const korean = words('ko');
    const english = [...words('en')]
      .filter(([key, text]) => /[A-Za-z]{3}/.test(text) && korean.get(key) !== text)
      .flatMap(([, text]) => text.split(' | '));
    expect(english.length).toBeGreaterThan(200);
    expect(texts.filter((shown) => english.includes(shown))).toEqual([]);
    expect(texts.filter((shown) => englishIn(shown).length > 0)).toEqual([]);
    await page.close();
  });
});
