import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/{unit,cli}/**/*.test.{ts,tsx}'] } },
      {
        test: { name: 'worlds', include: ['test/worlds/**/*.test.ts'], testTimeout: 120_000 },
      },
      { test: { name: 'bundle', include: ['test/bundle/**/*.test.ts'] } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['**/rehearsal.test.ts'],
          // Each file starts browsers of its own, one at a time, and waits for them more than it works.
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'rehearsal',
          include: ['test/e2e/rehearsal.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
