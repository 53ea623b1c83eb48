import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { NEEDLESS_DOUBT } from './needless-doubt.ts';

describe('no doubt is left that need not be', () => {
  testCases(NEEDLESS_DOUBT);
});
