import { basename } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: begun last, one of them would be all that everybody waits for. */
const LONGEST = ['login', 'guidance', 'popup-a11y', 'report-a11y', 'many-logins', 'rehearsal'];

/** Files that need a browser of their own kind: in between, the files around them could not share theirs. */
const LAST = ['privacy', 'korean'];

const rank = ({ moduleId }: TestSpecification) => {
  const name = basename(moduleId, '.test.ts');
  if (LAST.includes(name)) return LONGEST.length + 1;
  const place = LONGEST.indexOf(name);
  return place < 0 ? LONGEST.length : place;
};

/** Begins the longest files of all projects first, ends with those that share no browser; otherwise as Vitest does. */
class ByLength extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** A test fails by what it expects and not by how slow the machine is: limits only end what hangs. */
const limits = (minutes: number) => ({
  testTimeout: minutes * 60_000,
  hookTimeout: minutes * 60_000,
});

/** Unit tests that replace modules: each file needs modules of its own. */
const MODULES_REPLACED = [
  'test/unit/browser/*.test.ts',
  'test/unit/background/event-handlers.test.ts',
];

/** What one browser proves for both: findings are made of recorded facts, and `login.test.ts` looks at those in each. */
const IN_CHROMIUM_ALONE = ['test/e2e/guidance.test.ts'];

/** The end-to-end tests in one browser; files that run one after the other share it. */
const inBrowser = (name: 'chromium' | 'firefox'): TestProjectInlineConfiguration => ({
  test: {
    name: `e2e-${name}`,
    include: ['test/e2e/**/*.test.ts'],
    exclude: name === 'firefox' ? IN_CHROMIUM_ALONE : [],
    globalSetup: 'test/e2e/global-setup.ts',
    isolate: false,
    provide: { browserName: name },
    // A file waits about as long as it works.
    maxWorkers: 3,
    sequence: { groupOrder: 3 },
    // What a test waits for has shorter limits of its own, which say what did not come.
    ...limits(10),
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,cli}/**/*.test.{ts,tsx}'],
          exclude: MODULES_REPLACED,
          setupFiles: 'test/unit/seed.ts',
          maxWorkers: '100%',
          // Files share modules, which saves a third of the time.
          isolate: false,
          env: { TZ: 'Asia/Seoul' },
          sequence: { groupOrder: 0 },
          ...limits(5),
        },
      },
      {
        test: {
          name: 'unit-isolated',
          include: MODULES_REPLACED,
          sequence: { groupOrder: 0 },
          ...limits(5),
        },
      },
      {
        test: {
          // Programs as they are started: the command line, the action, recipes in their servers, Playwright's example.
          name: 'programs',
          include: ['test/programs/**/*.test.ts'],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
          ...limits(10),
        },
      },
      {
        test: {
          name: 'worlds',
          include: ['test/worlds/**/*.test.ts'],
          sequence: { groupOrder: 4 },
          ...limits(5),
        },
      },
      {
        test: {
          name: 'bundle',
          include: ['test/bundle/**/*.test.ts'],
          sequence: { groupOrder: 2 },
          ...limits(10),
        },
      },
      inBrowser('chromium'),
      inBrowser('firefox'),
    ],
    sequence: { sequencer: ByLength },
  },
});
