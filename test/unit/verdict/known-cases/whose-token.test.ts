import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { WHOSE_TOKEN } from './whose-token.ts';

describe('no request is surely of a login whose token it need not carry', () => {
  testCases(WHOSE_TOKEN);
});
