import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from '../../../locales/en.json' with { type: 'json' };
import { generatedDocuments } from '../../../scripts/generate.ts';
import type { ImportProblem } from '../../../utils/report/import/import-error.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('generated documents are up to date (else: npm run generate)', async () => {
  const documents = await generatedDocuments();
  expect([...documents.keys()]).toEqual([
    'docs/rules.md',
    'docs/rules.ko.md',
    'docs/report.schema.json',
  ]);
  for (const [path, text] of documents)
    expect(readFileSync(join(ROOT, path), 'utf8') === text, path).toBe(true);
});

test('every problem of an import has words', () => {
  const problems: Record<ImportProblem, true> = {
    empty: true,
    'too-large': true,
    packed: true,
    'not-text': true,
    'not-json': true,
    truncated: true,
    'har-truncated': true,
    'not-ours': true,
    'not-server': true,
    'server-alone': true,
    'webhook-log': true,
    'own-spans': true,
    version: true,
    field: true,
    counts: true,
    twice: true,
    'no-login': true,
    fault: true,
  };
  expect(Object.keys(en.report.problem).sort()).toEqual(
    // Where a file is no JSON, its words depend on whether the position is known.
    [...Object.keys(problems), 'not-json-at'].map((p) => p.replaceAll('-', '_')).sort(),
  );
});
