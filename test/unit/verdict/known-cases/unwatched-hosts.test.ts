import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { UNWATCHED_HOSTS } from './unwatched-hosts.ts';

describe('a login of a site whose server reports, beside a host that is no longer watched', () => {
  testCases(UNWATCHED_HOSTS);
});
