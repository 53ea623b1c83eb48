import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { UNWATCHED_POPUPS } from './unwatched-popups.ts';

describe('a popup on a site that is not watched', () => {
  testCases(UNWATCHED_POPUPS);
});
