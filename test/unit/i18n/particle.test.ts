import { describe, expect, test } from 'vitest';
import en from '../../../locales/en.json' with { type: 'json' };
import ko from '../../../locales/ko.json' with { type: 'json' };
import type { Locale } from '../../../utils/i18n/catalogue.ts';
import { isParticle, particleAfter } from '../../../utils/i18n/particle.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';

const textsOf = (locale: Locale): string[] =>
  Object.values(locale).flatMap((v) => (typeof v === 'string' ? [v] : textsOf(v as Locale)));

describe('a particle', () => {
  test.each([
    ['기록', '이/가', '이'],
    ['보고서', '이/가', '가'],
    ['서울', '으로/로', '로'],
    ['부산', '으로/로', '으로'],
    ['제주', '와/과', '와'],
    ['부산', '와/과', '과'],
  ] as const)('%s %s: by the last sound of Hangul', (word, particle, form) =>
    expect(particleAfter(word, particle)).toBe(form),
  );

  test('after digits goes by how the last one is read', () => {
    const forms = [...'0123456789'].map((n) => particleAfter(n, '이/가')).join('');
    expect(forms).toBe('이이가이가가이이이가');
    expect(['1', '7', '8'].map((n) => particleAfter(n, '으로/로'))).toEqual(['로', '로', '로']);
    expect(['0', '3', '6'].map((n) => particleAfter(n, '으로/로'))).toEqual([
      '으로',
      '으로',
      '으로',
    ]);
    expect(particleAfter('KOE320', '을/를')).toBe('을');
    expect(particleAfter('-402', '은/는')).toBe('는');
  });

  test.each([
    ['UNLINK_FROM_APPS', '으로/로', '(으)로'],
    ['shop.test/callback', '을/를', '을(를)'],
    ['o-4f', '이/가', '이(가)'],
    ['', '은/는', '은(는)'],
    ['漢', '와/과', '와(과)'],
  ] as const)('after %j is written in both forms: nobody can know its sound', (word, p, form) =>
    expect(particleAfter(word, p)).toBe(form),
  );

  test('passes over quotes, backticks, brackets and punctuation', () => {
    expect(particleAfter('`/v2/users/7`', '이/가')).toBe('이');
    expect(particleAfter('‘보고서’', '을/를')).toBe('를');
    expect(particleAfter('400(-102)', '으로/로')).toBe('로');
    expect(particleAfter('`code`', '이/가')).toBe('이(가)');
  });
});

describe('the particles of the locales', () => {
  const korean = textsOf(ko);

  test('a place for a particle names one', () => {
    const marks = korean.flatMap((text) => [...text.matchAll(/\$\d\(([^()]*\/[^()]*)\)/g)]);
    expect(marks.length).toBeGreaterThan(2);
    for (const [, particle = ''] of marks) expect(isParticle(particle), particle).toBe(true);
    expect(textsOf(en).join('\n')).not.toMatch(/\$\d\([가-힣]/);
  });

  test('no text has a particle right behind a value, which may end in any sound', () => {
    const fixed =
      /\$\d[`’”]?(이\(가\)|을\(를\)|은\(는\)|\(으\)로|(이|가|을|를|은|는|와|과|으로|로|나|이나|랑)(?![가-힣]))/;
    for (const text of korean) expect(text).not.toMatch(fixed);
  });

  test('the background worker, which carries no particle rules, shows no text that names one', () => {
    const shown = textsOf({ badge: ko.badge, notice: ko.notice });
    expect(shown.length).toBeGreaterThan(5);
    for (const text of shown) expect(text).not.toMatch(/\$\d\([가-힣]/);
  });

  test('a message fills its particle in', () => {
    const t = translateIn('ko');
    expect(t('report.problem.twice', ['o-1'])).toContain('관찰 기록 o-1이 두 번');
    expect(t('report.problem.twice', ['o-2'])).toContain('관찰 기록 o-2가 두 번');
    expect(t('report.problem.twice', ['o-a'])).toContain('관찰 기록 o-a이(가) 두 번');
    expect(t('guidance.causes.callback_other', ['`ACCOUNT_DELETE`'])).toContain(
      '`ACCOUNT_DELETE`(으)로 남아',
    );
  });
});
