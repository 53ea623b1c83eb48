import { expect, test } from 'vitest';
import { numberAccountsOfFiles } from '../../../components/shared/judged-login.ts';
import { loginOf, HOUR } from './popup-fixtures.ts';

const login = (accountId: string, ordinal: number) => loginOf(accountId, HOUR, { ordinal });

test('accounts of one browser’s file: numbered by order of arrival, as that browser shows them', () => {
  const numbers = numberAccountsOfFiles([login('a', 0), login('a', 1), login('b', 2)]);
  expect([...numbers]).toEqual([
    ['a', 1],
    ['b', 3],
  ]);
});

test('accounts of two browsers that count from one: each has a number of its own', () => {
  const numbers = numberAccountsOfFiles([login('a', 0), login('b', 0)]);
  expect([...numbers.values()]).toEqual([1, 2]);
});
