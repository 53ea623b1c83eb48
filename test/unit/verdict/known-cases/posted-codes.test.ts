import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { POSTED_CODES } from './posted-codes.ts';

describe('a proxy’s file of several windows whose pages hand the code to their server', () => {
  testCases(POSTED_CODES);
});
