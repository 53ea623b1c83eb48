import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { LOST_CALLS } from './lost-calls.ts';

describe('a file that lost the call after its preflight', () => {
  testCases(LOST_CALLS);
});
