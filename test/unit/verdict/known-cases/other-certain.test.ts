import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { OTHER_CERTAIN } from './other-certain.ts';

describe('nothing else is surely said of a login that is not so', () => {
  testCases(OTHER_CERTAIN);
});
