import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { SEALED_TOKENS } from './sealed-tokens.ts';

describe('no miss is sure where a page may have handed its token over unreadably', () => {
  testCases(SEALED_TOKENS);
});
