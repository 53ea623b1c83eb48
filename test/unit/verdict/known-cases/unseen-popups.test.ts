import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { UNSEEN_POPUPS } from './unseen-popups.ts';

describe('a call of a login that the file does not show', () => {
  testCases(UNSEEN_POPUPS);
});
