import { basename } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that begin, in this order: those that need a browser of their own, since any file before them had to have
 * one too, and those that take longest, since the last of them would be all that everybody waits for.
 */
const FIRST = [
  'privacy',
  'switched-off',
  'korean',
  'many-logins',
  'login',
  'guidance',
  'server',
  'chaos',
  'rehearsal',
  'looks',
  'report-a11y',
  'popup-a11y',
  'playwright',
];

const rank = ({ moduleId }: TestSpecification) => {
  const place = FIRST.indexOf(basename(moduleId, '.test.ts'));
  return place < 0 ? FIRST.length : place;
};

/** One project after the other, as a process keeps its browser for files of the same one; otherwise as Vitest does. */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
    const projects = Map.groupBy(ranked, ({ project }) => project.name);
    return [...projects.values()].flat();
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
  'test/unit/background/soak.test.ts',
  'test/unit/background/traffic/known-access.test.ts',
];

/** What the browser takes part in: traffic, the worker, permissions, windows, files, the clipboard, keys, looks. */
const BROWSER_TESTS = 'test/e2e/*.test.ts';
/**
 * What a page does by itself, and verdicts on what both browsers report alike. `npm test` asks Chromium alone, which
 * proves it for both; `npm run test:e2e` asks both.
 */
const PAGE_TESTS = ['test/e2e/pages/*.test.ts', 'test/e2e/verdicts/*.test.ts'];

/** End-to-end tests in one browser; files that run one after the other share it. */
const inBrowser = (
  name: 'chromium' | 'firefox',
  project: string,
  include: string[],
): TestProjectInlineConfiguration => ({
  test: {
    name: project,
    include,
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
      inBrowser('chromium', 'e2e-chromium', [BROWSER_TESTS, ...PAGE_TESTS]),
      inBrowser('firefox', 'e2e-firefox', [BROWSER_TESTS]),
      inBrowser('firefox', 'e2e-firefox-pages', PAGE_TESTS),
    ],
    sequence: { sequencer: ByProject },
  },
});
