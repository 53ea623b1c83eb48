import { expect, test } from 'vitest';
import { recipesIn } from '../../../components/report/recipes.ts';

const textsIn = (language: 'en' | 'ko') =>
  recipesIn(language).flatMap(({ path }) => (path.endsWith('.md') ? path : []));

test('recipes are shown in the reader’s language alone, files without one to everybody', () => {
  expect(textsIn('en')).toEqual(['README.md', 'playwright.md']);
  expect(textsIn('ko')).toEqual(['README.ko.md', 'playwright.ko.md']);
  expect(recipesIn('ko')).toHaveLength(recipesIn('en').length);
  expect(recipesIn('ko').length).toBeGreaterThan(4);
});
