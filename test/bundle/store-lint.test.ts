import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { built, builtFiles } from './built.ts';

interface LintMessage {
  code: string;
  file: string;
  line: number;
  column: number;
}
type LintResult = Record<'errors' | 'notices' | 'warnings', LintMessage[]>;

/** What the linter of the Firefox store says about the built extension. */
async function lint(): Promise<LintResult> {
  const program = join(import.meta.dirname, '../../node_modules/web-ext/bin/web-ext.js');
  const options = ['lint', '--source-dir', built('firefox'), '--output', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...options]);
  return JSON.parse(stdout) as LintResult;
}

describe('the linter of the Firefox store', () => {
  let result: LintResult;
  beforeAll(async () => {
    result = await lint();
  });

  test('has no error and no notice', () => {
    expect(result.errors).toEqual([]);
    expect(result.notices).toEqual([]);
  });

  test('warns of two things: Android before 142, which is not claimed, and `innerHTML`', () => {
    expect(result.warnings.map((w) => w.code)).toEqual([
      'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION',
      'UNSAFE_VAR_ASSIGNMENT',
    ]);
  });

  test('means by `innerHTML` what Preact sets for a property that no view uses', () => {
    const { file, line, column } = result.warnings.find(
      ({ code }) => code === 'UNSAFE_VAR_ASSIGNMENT',
    ) ?? { file: '', line: 0, column: 0 };
    const script =
      builtFiles('firefox')
        .find((f) => f.path === file)
        ?.bytes.toString() ?? '';
    const text = script.split('\n')[line - 1] ?? '';
    const assignment = text.slice(column - 1, column + 40);
    expect(assignment).toMatch(/\w*\.innerHTML=\w+\.__html\b/);
  });
});
