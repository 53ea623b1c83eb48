import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../utils/i18n/catalogue.ts';
import type { Message, MessageKey } from '../../../utils/i18n/message.ts';
import { messageKey } from '../../../utils/i18n/message.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import { createTranslate } from '../../../utils/i18n/translate.ts';

const en = translateIn('en');
const ko = translateIn('ko');

describe('a message', () => {
  test('is found by its key in either language', () => {
    expect(en('header.pause')).toBe('Pause');
    expect(ko('header.pause')).toBe('일시 중지');
    expect([en.language, ko.language]).toEqual(['en', 'ko']);
  });

  test('takes its values in the order the language wants', () => {
    const times = ['1 h', '24 h'] as const;
    expect(en('time.progress', times)).toBe('1 h left of 24 h');
    expect(ko('time.progress', times)).toBe('24 h 중 1 h 남음');
  });

  test('chosen beforehand reads the same as asked for by key', () => {
    const plain: Message = ['header.pause'];
    const filled: Message = ['time.progress', ['1 h', '24 h']];
    const counted: Message = ['list.more', 3];
    expect(en(plain)).toBe(en('header.pause'));
    expect(en(filled)).toBe(en('time.progress', ['1 h', '24 h']));
    expect(en(counted)).toBe(en('list.more', 3));
  });

  test('leaves what a value holds as it is', () =>
    expect(en('time.progress', ['$2', '$1(이/가)'])).toBe('$2 left of $1(이/가)'));

  test('that the catalogue lacks is an error, not an empty text', () => {
    const t = createTranslate(createCatalogue({ header: { pause: 'x' } }), 'en');
    expect(t('header.pause')).toBe('x');
    expect(() => t('header.resume')).toThrow('no message header.resume');
  });

  test('with plural forms and without a count is an error', () => {
    // As data from elsewhere may have it; the compiler refuses it.
    const broken = ['list.more'] as unknown as Message;
    expect(() => en(broken)).toThrow('no count for list.more');
  });

  test('whose key comes from data is known or not', () => {
    expect(en.has('verdict.pending')).toBe(true);
    expect(en.has('verdict.nonsense')).toBe(false);
    expect(en.has('verdict')).toBe(false);
    expect(en.has('verdict.__proto__')).toBe(false);
    expect(en.has('time.progress')).toBe(false);
    expect(en.has('list.more')).toBe(false);
  });

  test('has its words under a key without hyphens', () => {
    const key: MessageKey = messageKey('verdict', 'not-applicable');
    expect(key).toBe('verdict.not_applicable');
  });
});

test('a wrong key, a missing value and a missing count are type errors', () => {
  const wrong = [
    // @ts-expect-error -- no such key
    () => en('header.nothing'),
    // @ts-expect-error -- two values are needed
    () => en('time.progress'),
    // @ts-expect-error -- one of two values is missing
    () => en('time.progress', ['1 h']),
    // @ts-expect-error -- nothing to fill in
    () => en('header.pause', ['x']),
    // @ts-expect-error -- a count is needed
    () => en('list.more'),
    // @ts-expect-error -- a form with $2 needs its values
    () => en('report_page.shown', 2),
    // @ts-expect-error -- no message for that word
    () => en(messageKey('verdict', 'perhaps')),
  ];
  expect(wrong).toHaveLength(7);
});

describe('a count', () => {
  test('chooses the form by the rules of the language', () => {
    expect([0, 1, 2, 11, 21].map((n) => en('list.more', n))).toEqual([
      '0 more are not shown here.',
      '1 more is not shown here.',
      '2 more are not shown here.',
      '11 more are not shown here.',
      '21 more are not shown here.',
    ]);
    expect([0, 1, 2].map((n) => ko('report_page.files', n))).toEqual([
      '파일 0개',
      '파일 1개',
      '파일 2개',
    ]);
  });

  test('of zero may have words of its own', () => {
    expect(en('report.count', 0)).toBe('No logins');
    expect(ko('report.count', 0)).toBe('로그인 없음');
    expect(en('list.more', 0)).toBe('0 more are not shown here.');
  });

  test('is shown as the caller writes it where it gives the values', () =>
    expect(en('report.count', 1234, ['1,234'])).toBe('1,234 logins'));
});
