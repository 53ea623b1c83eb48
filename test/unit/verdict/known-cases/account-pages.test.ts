import { describe } from 'vitest';
import { ACCOUNT_PAGES, SIGNED_IN_ON_WAY } from './account-pages.ts';
import { testCases } from './known-case.ts';

describe('a file with pages of the Kakao account between two logins', () => {
  testCases(ACCOUNT_PAGES);
});

describe('a file with pages of the Kakao account on the way of a login', () => {
  testCases(SIGNED_IN_ON_WAY);
});
