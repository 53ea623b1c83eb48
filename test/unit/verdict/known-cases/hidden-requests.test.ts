import { describe } from 'vitest';
import { CALLS_OF_NO_PAGE, HIDDEN_REQUESTS, LOGINS_BY_TALK } from './hidden-requests.ts';
import { testCases } from './known-case.ts';

describe('no miss is sure where a file does not show what a page sent', () => {
  testCases(HIDDEN_REQUESTS);
});

describe('a native app’s login that no browser shows is one', () => {
  testCases(LOGINS_BY_TALK);
});

describe('a page in one window does not make another window’s call its own', () => {
  testCases(CALLS_OF_NO_PAGE);
});
