import { describe } from 'vitest';
import { KNOWN_TOKENS } from './known-tokens.ts';
import { testCases } from './known-case.ts';

describe('a call whose token a file shows to be issued is of the login that got it', () => {
  testCases(KNOWN_TOKENS);
});
