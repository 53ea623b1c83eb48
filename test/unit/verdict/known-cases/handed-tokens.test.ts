import { describe } from 'vitest';
import { HANDED_TOKENS } from './handed-tokens.ts';
import { testCases } from './known-case.ts';

describe('a file in which a page hands its token to its own server', () => {
  testCases(HANDED_TOKENS);
});
