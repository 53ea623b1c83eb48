import { describe } from 'vitest';
import { FALSE_MISSED } from './false-missed.ts';
import { testCases } from './known-case.ts';

describe('no login is surely called missed that is not', () => {
  testCases(FALSE_MISSED);
});
