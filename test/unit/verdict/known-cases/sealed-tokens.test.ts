import { describe } from 'vitest';
import { SEALED_TOKENS } from './sealed-tokens.ts';
import { testCases } from './known-case.ts';

describe('no miss is sure where a page may have handed its token over unreadably', () => {
  testCases(SEALED_TOKENS);
});
