import { describe } from 'vitest';
import { FOLDED_REDIRECTS } from './folded-redirects.ts';
import { testCases } from './known-case.ts';

describe('files whose recorder writes redirected requests as one', () => {
  testCases(FOLDED_REDIRECTS);
});
