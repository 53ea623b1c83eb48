import { describe } from 'vitest';
import { HIDDEN_REQUESTS, LOGINS_BY_TALK } from './hidden-requests.ts';
import { testCases } from './known-case.ts';

describe('no miss is sure where a file does not show what a page sent', () => {
  testCases(HIDDEN_REQUESTS);
});

describe('a native app’s login that no browser shows is one', () => {
  testCases(LOGINS_BY_TALK);
});
