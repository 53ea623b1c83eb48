import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../utils/capture/har/capture-har.ts';
import { caseAnswers } from './judge-history.ts';

const CASES = join(import.meta.dirname, '../../cases');

interface Expected {
  what: string;
  logins: {
    site: string;
    clientId: string;
    visibility?: string;
    kind?: string;
    at1h?: string;
    at30h?: string;
  }[];
}

const names = readdirSync(CASES)
  .filter((f) => f.endsWith('.har'))
  .map((f) => f.slice(0, -'.har'.length));

describe('recorded cases', () => {
  test('case files: there are at least ten', () => expect(names.length).toBeGreaterThan(9));

  test.each(names)('recording %s: judged as expected', async (name) => {
    const har = JSON.parse(readFileSync(join(CASES, `${name}.har`), 'utf8'));
    const expected: Expected = JSON.parse(readFileSync(join(CASES, `${name}.expect.json`), 'utf8'));
    const observations = await captureHar(har.log.entries, async (id) => `h${id}`);
    const found = caseAnswers(observations, Math.max(...observations.map((o) => o.at)));
    expect(found).toHaveLength(expected.logins.length);
    expected.logins.forEach((login, i) => expect(found[i]).toMatchObject(login));
  });
});
