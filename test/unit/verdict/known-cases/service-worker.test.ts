import { describe } from 'vitest';
import { testCases } from './known-case.ts';
import { SERVICE_WORKER } from './service-worker.ts';

describe('a site whose service worker asks in place of its pages', () => {
  testCases(SERVICE_WORKER);
});
