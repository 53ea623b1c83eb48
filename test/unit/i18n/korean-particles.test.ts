import { expect, test } from 'vitest';
import ko from '../../../locales/ko.json' with { type: 'json' };
import type { Locale } from '../../../utils/i18n/catalogue.ts';

const textsOf = (locale: Locale): string[] =>
  Object.values(locale).flatMap((v) => (typeof v === 'string' ? [v] : textsOf(v as Locale)));

test('no Korean text has a particle right behind a value, which may end in any sound', () => {
  const fixed =
    /\$\d[`’”]?(\(?[가-힣]+\/[가-힣]+\)|이\(가\)|을\(를\)|은\(는\)|\(으\)로|(이|가|을|를|은|는|와|과|으로|로|나|이나|라|이라|랑)(?![가-힣]))/;
  expect(fixed.test('관찰 기록 $1(이/가) 두 번')).toBe(true);
  expect(fixed.test('$2로 돌아온')).toBe(true);
  for (const text of textsOf(ko)) expect(text).not.toMatch(fixed);
});
