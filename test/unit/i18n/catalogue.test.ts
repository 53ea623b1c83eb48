import { join } from 'node:path';
import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';
import { expect, test } from 'vitest';
import en from '../../../locales/en.json' with { type: 'json' };
import ko from '../../../locales/ko.json' with { type: 'json' };
import { createBrowserCatalogue, createCatalogue } from '../../../utils/i18n/catalogue.ts';

/** `browser.i18n.getMessage` as browsers have it, over what WXT builds out of a locale. */
async function getMessageOf(language: string) {
  const file = join(import.meta.dirname, `../../../locales/${language}.json`);
  const built = generateChromeMessages(await parseMessagesFile(file));
  return (name: string, values: string[]) =>
    (built[name]?.message ?? '').replace(
      /\$([1-9])/g,
      (_, n: string) => values[Number(n) - 1] ?? '',
    );
}

test.each([
  ['en', en],
  ['ko', ko],
] as const)('%s: the browser and the locale hold the same messages', async (language, locale) => {
  const inBrowser = createBrowserCatalogue(await getMessageOf(language));
  const inLocale = createCatalogue(locale);
  const file = join(import.meta.dirname, `../../../locales/${language}.json`);
  const messages = await parseMessagesFile(file);
  const keys = messages.map((m) => m.key.join('.')).filter((key) => !key.startsWith('@@'));
  expect(keys.length).toBeGreaterThan(800);
  for (const key of keys) {
    expect(inLocale(key), key).toBeDefined();
    expect(inBrowser(key), key).toEqual(inLocale(key));
  }
  expect([inBrowser('no.such'), inLocale('no.such'), inLocale('verdict')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
