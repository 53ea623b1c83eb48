import { describe, expect, test } from 'vitest';
import { isObject, objectOf, parseObject, textOf } from '../../../utils/model/json.ts';

describe('a value of any shape', () => {
  test.each([null, undefined, 'text', 1, true, [], [{ a: 1 }]])('%j: no object', (value) => {
    expect(isObject(value)).toBe(false);
    expect(objectOf(value)).toEqual({});
  });
  test('an object is given as it is', () => {
    const value = { a: 1 };
    expect(objectOf(value)).toBe(value);
  });
  test('only a text is a text', () => {
    expect(textOf('')).toBe('');
    expect(textOf(1)).toBeNull();
  });
});

describe('a text', () => {
  test.each(['', '{', '[]', 'null', '"a"'])('%s: no JSON object', (text) =>
    expect(parseObject(text)).toBeNull(),
  );
  test('an object in JSON', () => expect(parseObject('{"a":[1]}')).toEqual({ a: [1] }));
});
