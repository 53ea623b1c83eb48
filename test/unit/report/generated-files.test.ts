import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { reportFiles } from '../../../scripts/report-files.ts';
import type { ImportProblem } from '../../../utils/report/import/import-error.ts';
import { TEXTS } from '../../../utils/report/texts.ts';

vi.setConfig({ testTimeout: 60_000 });

const ROOT = join(import.meta.dirname, '../../..');

test('what is made from locales and code is up to date (else: node scripts/report-files.ts)', async () => {
  for (const [path, text] of Object.entries(await reportFiles()))
    expect(readFileSync(join(ROOT, path), 'utf8') === text, path).toBe(true);
});

test('both languages have the same words, with the same values in them', () => {
  const leaves = (value: unknown, at = ''): [string, string][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([k, v]) => leaves(v, `${at}.${k}`))
      : [
          [
            at,
            [...String(value).matchAll(/\$\d/g)]
              .map(([v]) => v)
              .sort()
              .join(),
          ],
        ];
  expect(leaves(TEXTS.ko)).toEqual(leaves(TEXTS.en));
});

test('every problem of an import has words', () => {
  const problems: Record<ImportProblem, true> = {
    empty: true,
    'too-large': true,
    'not-text': true,
    'not-json': true,
    truncated: true,
    'not-ours': true,
    version: true,
    field: true,
    counts: true,
    twice: true,
  };
  expect(Object.keys(TEXTS.en.report.problem).sort()).toEqual(
    Object.keys(problems)
      .map((p) => p.replaceAll('-', '_'))
      .sort(),
  );
});
