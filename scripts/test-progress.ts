import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';

/** Where what failed is written to, for whoever started the tests; absent: to standard error. */
const FAILURES = process.env['LINKWATCH_FAILURES'];

/** A file of passed tests that took less than this, in ms, is not worth a line. */
const WORTH_A_LINE_MS = 3000;

/** A line for every test file that took a while or failed; what failed at the end, with the command that runs it again. */
export default class TestProgress implements Reporter {
  onTestModuleEnd(file: TestModule): void {
    const { duration } = file.diagnostic();
    if (file.ok() && duration < WORTH_A_LINE_MS) return;
    const all = [...file.children.allTests()];
    const failed = all.filter((test) => test.result().state === 'failed').length;
    const skipped = all.filter((test) => test.result().state === 'skipped').length;
    const counts = [
      `${all.length - failed - skipped} passed`,
      ...(failed ? [`${failed} failed`] : []),
      ...(skipped ? [`${skipped} skipped`] : []),
    ].join(', ');
    const seconds = `${(duration / 1000).toFixed(1)} s`;
    const sign = file.ok() ? '✓' : '✗';
    console.log(
      `${sign} ${file.project.name.padEnd(12)} ${file.relativeModuleId.padEnd(50)} ${seconds.padStart(8)}  ${counts}`,
    );
  }

  onTestRunEnd(
    files: ReadonlyArray<TestModule>,
    unhandledErrors: ReadonlyArray<SerializedError>,
  ): void {
    const failures = [...files.flatMap(failuresIn), ...unhandledErrors.map(describeError)];
    if (failures.length === 0) return;
    const text = failures.join('\n\n');
    if (FAILURES) writeFileSync(FAILURES, text);
    else console.error(text);
  }
}

/** What failed in a file: the file itself, its groups' hooks, and its tests. */
function failuresIn(file: TestModule): string[] {
  const again = `npx vitest run --project ${file.project.name} ${file.relativeModuleId}`;
  const of = (where: TestModule | TestSuite, name: string) =>
    where.errors().map((error) => `✗ ${name}\n${describeError(error)}\n  Again: ${again}`);
  const ofTest = (test: TestCase) => [
    `✗ ${file.project.name} ${file.relativeModuleId}\n  ${test.fullName}`,
    ...(test.result().errors ?? []).map(describeError),
    `  Again: ${again} -t ${JSON.stringify(test.name)}`,
  ];
  return [
    ...of(file, `${file.project.name} ${file.relativeModuleId}`),
    ...[...file.children.allSuites()].flatMap((suite) =>
      of(suite, `${file.project.name} ${file.relativeModuleId} > ${suite.fullName}`),
    ),
    ...[...file.children.allTests('failed')].map((test) => ofTest(test).join('\n')),
  ];
}

const MOST_LINES = 40;

/** The first lines of a text, set in. */
function firstLines(text: string): string[] {
  const lines = text.split('\n');
  const rest = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).map((line) => `    ${line}`.trimEnd());
  return rest > 0 ? [...shown, `    … ${rest} more lines`] : shown;
}

/** An error with where it comes from in this project, and with what caused it. */
function describeError(error: SerializedError): string {
  const own = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !/node_modules|node:/.test(line))
    .slice(0, 5);
  const cause = error.cause instanceof Object ? (error.cause as SerializedError) : null;
  return [
    ...firstLines(`${error.name ?? 'Error'}: ${error.message}`),
    ...firstLines(typeof error['diff'] === 'string' ? error['diff'] : ''),
    ...own.map((line) => `    ${line.trim()}`),
    ...(cause?.message ? [`    because: ${cause.message.slice(0, 2000)}`] : []),
  ].join('\n');
}
