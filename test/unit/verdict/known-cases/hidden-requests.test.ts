import { describe } from 'vitest';
import { HIDDEN_REQUESTS } from './hidden-requests.ts';
import { testCases } from './known-case.ts';

describe('no miss is sure where a file does not show what a page sent', () => {
  testCases(HIDDEN_REQUESTS);
});
