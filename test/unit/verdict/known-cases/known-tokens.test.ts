import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { KNOWN_TOKENS } from './known-tokens.ts';

describe('a call whose token a file shows to be issued is of the login that got it', () => {
  testCases(KNOWN_TOKENS);
});
