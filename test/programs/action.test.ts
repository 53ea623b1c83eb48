import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { CASES } from '../unit/report/samples.ts';

const ROOT = join(import.meta.dirname, '../..');
const ACTION = readFileSync(join(ROOT, 'action.yml'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'linkwatch-action-'));
const summary = join(folder, 'summary.md');
const output = join(folder, 'output');
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const file of [summary, output]) writeFileSync(file, '');
});

/** Runs the command of the action's one step as a runner does: inputs as variables, in the workspace. */
function runAction(inputs: Record<string, string>) {
  const [, command = ''] = /^ {6}run: (.+)$/m.exec(ACTION) ?? [];
  const variables = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
    value,
  ]);
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', command], {
    cwd: CASES,
    encoding: 'utf8',
    env: {
      ...process.env,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      ...Object.fromEntries(variables),
    },
  });
  return { status, stdout, stderr };
}

describe('GitHub Action', () => {
  test('every input reaches the script, none as part of a command', () => {
    const names = [...ACTION.matchAll(/^ {2}([a-z-]+):\n {4}description/gm)].map(([, n]) => n);
    const [inputs, steps = ''] = ACTION.split('runs:');
    expect(inputs).toContain('inputs:');
    const script = readFileSync(join(ROOT, 'scripts/action.sh'), 'utf8');
    const given = names.filter((name) => name !== 'exit-code');
    expect(given).toHaveLength(11);
    for (const name of given) {
      const variable = `INPUT_${name?.toUpperCase().replaceAll('-', '_')}`;
      expect(steps).toContain(`${variable}: \${{ inputs.${name} }}`);
      expect(script).toContain(variable);
    }
    expect(/run:.*/.exec(steps)?.[0]).not.toContain('${{');
  });

  test('missed login: fails, with the report in the summary and in JUnit', () => {
    const junit = join(folder, 'out/linkwatch.xml');
    const files = 'v2-no-call.har\n\n  v2-me*.har\n';
    const ran = runAction({ files, junit, 'link-mode': 'js-key-0001=auto' });
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toContain('v2-no-call.har — 1 login: Not completed in time 1');
    expect(readFileSync(summary, 'utf8')).toContain('Not completed in time');
    expect(readFileSync(junit, 'utf8')).toContain('name="v2-no-call.har › first login 1"');
    expect(readFileSync(output, 'utf8')).toBe('exit-code=1\n');
  });

  test('complete login: passes; nothing judged does not, unless allowed', () => {
    expect(runAction({ files: 'v2-me.har', 'expect-first': '1' }).status).toBe(0);
    expect(runAction({ files: 'v2-deny.har', summary: 'false' }).status).toBe(3);
    expect(runAction({ files: 'v2-deny.har', 'allow-none': 'true' }).status).toBe(0);
  });

  test('a back end’s files: their calls join the logins', () => {
    const ran = runAction({ files: 'v2-me.har', server: ' v2-me.har\n\nv2-no-*.har' });
    expect(ran).toMatchObject({ status: 0 });
    expect(ran.stderr).toMatch(/^linkwatch: note: Calls to Kakao in the server’s files: 3\. /);
  });

  test('JUnit that cannot be written: 2, and the reason is said', () => {
    const ran = runAction({ files: 'v2-me.har', junit: '/dev/null/linkwatch.xml' });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(
      /^linkwatch: \/dev\/null\/linkwatch\.xml: cannot be written \(\w+\); give another --out\n$/,
    );
    expect(readFileSync(output, 'utf8')).toBe('exit-code=2\n');
  });

  test('no file: said in one line, not taken for a miss', () => {
    // The bash of macOS ends a script with 1 at an empty list.
    const ran = runAction({ files: ' \n' });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toBe('linkwatch: the input files names no file\n');
    expect(readFileSync(output, 'utf8')).toBe('exit-code=2\n');
  });

  test('strange file name: is a name, not an option or a command', () => {
    const ran = runAction({ files: '--help\n$(touch x)`touch y`;' });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('--help: no such file');
    expect(readFileSync(summary, 'utf8')).toBe('');
  });
});
