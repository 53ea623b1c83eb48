import { describe } from 'vitest';
import { FALSE_COMPLETE } from './false-complete.ts';
import { testCases } from './known-case.ts';

describe('no login is surely called complete that is not', () => {
  testCases(FALSE_COMPLETE);
});
