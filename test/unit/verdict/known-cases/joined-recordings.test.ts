import { describe } from 'vitest';
import { JOINED_RECORDINGS } from './joined-recordings.ts';
import { testCases } from './known-case.ts';

describe('windows that share a file are no one window', () => {
  testCases(JOINED_RECORDINGS);
});
