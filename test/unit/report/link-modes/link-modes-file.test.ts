import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { translateIn } from '../../../../utils/i18n/translate-in.ts';
import { newApp } from '../../../../utils/model/app.ts';
import { ImportError } from '../../../../utils/report/import/import-error.ts';
import {
  compareLinkModes,
  modesSetByHand,
} from '../../../../utils/report/link-modes/compare-link-modes.ts';
import {
  readLinkModesFile,
  writeLinkModesFile,
} from '../../../../utils/report/link-modes/link-modes-file.ts';
import { linkModesRefusal } from '../../../../utils/report/link-modes/refusal-text.ts';

const AUTO = { clientId: 'aaaa1111bbbb2222', linkMode: 'auto' } as const;
const MANUAL = { clientId: 'cccc3333dddd4444', linkMode: 'manual' } as const;

/** The refusal of a text in English; null where it is read. */
function refusalOf(text: string, language: 'en' | 'ko' = 'en'): string | null {
  try {
    readLinkModesFile(text);
    return null;
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return linkModesRefusal(error, translateIn(language));
  }
}

const fileOf = (more: object) =>
  JSON.stringify({ format: 'linkwatch-link-modes', version: 1, apps: [AUTO], ...more });

describe('file of link modes', () => {
  test('what is written is read again, in one order whatever came first', () => {
    const text = writeLinkModesFile([MANUAL, AUTO]);
    expect(text).toBe(writeLinkModesFile([AUTO, MANUAL]));
    expect(readLinkModesFile(text)).toEqual([AUTO, MANUAL]);
    expect(readLinkModesFile(`\uFEFF${text}`)).toEqual([AUTO, MANUAL]);
  });

  test.each([
    ['', /empty or ends in the middle/],
    [fileOf({}).slice(0, -3), /empty or ends in the middle/],
    ['{"format": nothing}', /at position \d+/],
    ['[]', /not a file of link modes/],
    ['{"format":"linkwatch-report","version":1}', /not a file of link modes/],
    [fileOf({ version: 2 }), /newer Linkwatch/],
    [fileOf({ apps: 'all' }), /at apps: expected a list, found text/],
    [fileOf({ apps: [{ ...AUTO, linkMode: 'unknown' }] }), /apps\.0\.linkMode: .*auto, manual/],
    [fileOf({ apps: [{ ...AUTO, clientId: 'aaaa…22' }] }), /apps\.0\.clientId: .*whole app key/],
    [fileOf({ apps: [{ ...AUTO, clientId: 'constructor' }] }), /apps\.0\.clientId/],
    [fileOf({ apps: [AUTO, { ...AUTO, linkMode: 'manual' }] }), /twice.* apps\.1\.clientId/],
  ])('refused in one line that says what to do: %s', (text, line) =>
    expect(refusalOf(text)).toMatch(line),
  );

  test('any text: read, or refused in one line of each language that quotes nothing of it', () => {
    const secret = 'S3CRET-canary';
    const odd = fc.oneof(
      fc.string({ maxLength: 40 }).map((s) => s + secret),
      fc.json().map((json) => `${json.slice(1)}${secret}`),
      fc.json().map((json) => fileOf({ apps: [{ clientId: secret, linkMode: json }] })),
      fc.json().map((json) => fileOf({ version: JSON.parse(json) as unknown, [secret]: 1 })),
      fc.json().map((json) => fileOf({ apps: JSON.parse(json) as unknown })),
    );
    fc.assert(
      fc.property(odd, fc.constantFrom('en', 'ko'), (text, language) => {
        const line = refusalOf(text, language);
        if (line === null) return;
        expect(line).toMatch(/^[^\p{Cc}]{10,300}\.$/u);
        expect(line).not.toMatch(/\$\d|undefined|\[object/);
        expect(line).not.toContain(secret);
      }),
    );
  });
});

describe('link modes beside those that hold here', () => {
  const byHand = { ...newApp(AUTO.clientId), linkModeOverride: 'manual' } as const;
  const seen = { ...newApp(MANUAL.clientId), inferredLinkMode: 'auto' } as const;
  const apps = new Map([byHand, seen].map((app) => [app.clientId, app]));

  test('an answer and a body that say otherwise are told apart; unknown apps are new', () =>
    expect(compareLinkModes([AUTO, MANUAL, { ...AUTO, clientId: 'new' }], apps)).toEqual({
      fresh: [{ ...AUTO, clientId: 'new' }],
      differing: [
        { ...AUTO, here: 'manual', byHand: true },
        { ...MANUAL, here: 'auto', byHand: false },
      ],
      same: [],
    }));

  test('what holds here already is the same', () =>
    expect(compareLinkModes([{ ...AUTO, linkMode: 'manual' }], apps).same).toHaveLength(1));

  test('only what was set by hand is shared', () =>
    expect(modesSetByHand(apps.values())).toEqual([{ ...AUTO, linkMode: 'manual' }]));
});
