import { basename } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: begun last, one of them would be all that everybody waits for. */
const LONGEST = ['login', 'guidance', 'popup-a11y', 'report-a11y', 'many-logins', 'rehearsal'];

const rank = ({ moduleId }: TestSpecification) => {
  const place = LONGEST.indexOf(basename(moduleId, '.test.ts'));
  return place < 0 ? LONGEST.length : place;
};

/** Begins the longest files of all projects first; otherwise as Vitest does. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** The end-to-end tests in one browser; every file starts that browser once. */
const inBrowser = (name: 'chromium' | 'firefox'): TestProjectInlineConfiguration => ({
  test: {
    name: `e2e-${name}`,
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: 'test/e2e/global-setup.ts',
    provide: { browserName: name },
    // A browser of its own waits about as long as it works.
    maxWorkers: 3,
    // What a test waits for has limits of its own that say what did not come.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,cli}/**/*.test.{ts,tsx}'],
          // Property tests take long beside other work; none proves anything by being fast.
          testTimeout: 60_000,
        },
      },
      {
        test: { name: 'worlds', include: ['test/worlds/**/*.test.ts'], testTimeout: 120_000 },
      },
      { test: { name: 'bundle', include: ['test/bundle/**/*.test.ts'] } },
      inBrowser('chromium'),
      inBrowser('firefox'),
    ],
    sequence: { sequencer: LongestFirst },
  },
});
