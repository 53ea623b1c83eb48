import { describe } from 'vitest';
import { KEPT_ANSWERS } from './kept-answers.ts';
import { testCases } from './known-case.ts';

describe('a report in an answer that a cache kept is not surely of the login at hand', () => {
  testCases(KEPT_ANSWERS);
});
