import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { UNKNOWN_APPS } from './unknown-apps.ts';

describe('what a login of an unknown app tells of its link mode holds for no other', () => {
  testCases(UNKNOWN_APPS);
});
