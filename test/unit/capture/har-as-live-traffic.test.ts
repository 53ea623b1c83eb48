import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { caseAnswers } from '../verdict/judge-history.ts';
import { liveObservations, replayed } from './har-as-live-traffic.ts';

const CASES = join(import.meta.dirname, '../../cases');
const names = readdirSync(CASES)
  .filter((f) => f.endsWith('.har'))
  .map((f) => f.slice(0, -'.har'.length));
const read = (file: string) => JSON.parse(readFileSync(join(CASES, file), 'utf8')) as unknown;

interface Expected {
  logins: { at1h?: string; at30h?: string }[];
}

function judged(name: string, browser: 'chrome' | 'firefox') {
  const events = replayed(read(`${name}.har`) as object, browser);
  return caseAnswers(liveObservations(events), Math.max(...events.map((e) => e.details.timeStamp)));
}

// Every case can be replayed: what bodies add is certainty, never another verdict.
describe.each(['chrome', 'firefox'] as const)(
  'recorded traffic replayed as webRequest events of %s',
  (browser) => {
    test.each(names)('%s', (name) => {
      const { logins } = read(`${name}.expect.json`) as Expected;
      const found = judged(name, browser);
      const wanted = logins.map((login) =>
        login.at1h ? login : { ...login, at1h: 'not-applicable', at30h: 'not-applicable' },
      );
      expect(found).toMatchObject(wanted);
    });

    test('no bodies: the link mode is unknown, so a call completes only likely', () =>
      expect(judged('v2-me', browser)[0]).toMatchObject({
        certainty: 'likely',
        doubt: 'link-mode-unknown',
      }));

    test('replayed events: carry no body, form or request header', () => {
      for (const name of names) {
        const text = JSON.stringify(replayed(read(`${name}.har`) as object, browser));
        expect(text, name).not.toMatch(/connected_at|access_token|authorization|postData/i);
      }
    });
  },
);
