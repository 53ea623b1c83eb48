import { expect, test } from 'vitest';
import { recipesIn } from '../../../components/report/recipes.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';

const textsIn = (language: 'en' | 'ko') =>
  recipesIn(language).flatMap(({ path }) => (path.endsWith('.md') ? path : []));

test('recipes are shown in the reader’s language alone, files without one to everybody', () => {
  expect(textsIn('en')).toEqual(['README.md', 'playwright.md']);
  expect(textsIn('ko')).toEqual(['README.ko.md', 'playwright.ko.md']);
  expect(recipesIn('ko')).toHaveLength(recipesIn('en').length);
  expect(recipesIn('ko').length).toBeGreaterThan(4);
});

test.each(['en', 'ko'] as const)('%s: each recipe has a title of its own', (language) => {
  const titles = recipesIn(language).map(({ title }) => translateIn(language)(title));
  expect(new Set(titles).size).toBe(recipesIn(language).length);
  for (const title of titles) expect(title).toMatch(language === 'ko' ? /[가-힣]/ : /^[A-Z].+ /);
});
