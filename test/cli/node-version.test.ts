import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isTooOld, OLDEST_NODE } from '../../bin/node-version.ts';

test.each([
  ['20.20.2', true],
  ['22.0.0', true],
  ['22.1.0', false],
  ['22.21.1', false],
  ['24.0.0', false],
])('Node %s: too old is %s', (version, expected) => {
  expect(isTooOld(version)).toBe(expected);
});

test.each(['docs/package.md', 'docs/package.ko.md', 'docs/report.md'])(
  '%s: names the oldest Node',
  (page) => {
    const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8');
    expect(text).toContain(`Node ${OLDEST_NODE} `);
  },
);
