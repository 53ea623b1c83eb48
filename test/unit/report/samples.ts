import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observation } from '../../../utils/model/observation.ts';
import type { Report } from '../../../utils/report/document.ts';
import type { ImportedFile } from '../../../utils/report/import/file-contents.ts';
import { importFile } from '../../../utils/report/import/import-file.ts';
import { reevaluate } from '../../../utils/report/import/reevaluate.ts';
import { HOUR, T0 } from '../fixtures.ts';

/** Where the cases lie: a HAR, and what is expected of it. */
export const CASES = join(import.meta.dirname, '../../cases');
/** The names of all cases. */
export const caseNames = readdirSync(CASES)
  .filter((f) => f.endsWith('.har'))
  .map((f) => f.slice(0, -'.har'.length));

/** The HAR of a case, by its name. */
export const caseBytes = (name: string): Buffer => readFileSync(join(CASES, `${name}.har`));

const OPTIONS = {
  generator: { name: 'Linkwatch', version: '0.1.0' },
  generatedAt: Date.UTC(2026, 11, 1),
  nothingFollowed: true,
};

/** Imports the bytes or the text of a file. */
export const importBytes = (bytes: Uint8Array | string, name = 'sample'): Promise<ImportedFile> =>
  importFile([typeof bytes === 'string' ? Buffer.from(bytes) : bytes], { ...OPTIONS, name });

/** Imports a recorded HAR, judged so many hours after its last observation. */
export async function importCase(name: string, hours = 30): Promise<ImportedFile> {
  const imported = await importBytes(caseBytes(name), name);
  const last = Math.max(...imported.observations.map((o) => o.at));
  return reevaluate(imported, last + hours * HOUR, { nothingFollowed: true });
}

/** A file with one session of a browser, written at an instant (epoch ms): thirty hours after T0 unless told. */
export function sessionFile(
  id: string,
  observations: Observation[],
  more: {
    at?: number;
    /** When its recording ended, epoch ms, where the file tells. */
    endedAt?: number;
    whole?: boolean;
    dropped?: number;
    about?: string[];
    environment?: string;
  } = {},
): ImportedFile {
  const at = more.at ?? T0 + 30 * HOUR;
  return reevaluate(
    {
      about: more.about ? new Set(more.about) : null,
      observations,
      takenAt: at,
      ...(more.endedAt === undefined ? {} : { endedAt: more.endedAt }),
      report: {
        session: {
          id,
          name: `day ${id}`,
          startedAt: new Date(T0).toISOString(),
          endedAt: null,
          tester: id,
          build: '',
          ...(more.environment ? { environment: more.environment } : {}),
          notes: '',
        },
        generator: { name: 'Linkwatch', version: '0', browser: 'chrome' },
        generatedAt: new Date(at).toISOString(),
        counts: { dropped: more.dropped ?? 0 },
      },
    },
    at,
    { wholeClientIds: more.whole ?? true },
  );
}

/** Applies `change` to every string in a value, except those for which `keep` holds. */
export function mapStrings<T>(
  value: T,
  change: (text: string, key: string) => string,
  keep: (text: string, key: string) => boolean = () => false,
  key = '',
): T {
  if (typeof value === 'string') return (keep(value, key) ? value : change(value, key)) as T;
  if (Array.isArray(value)) return value.map((v) => mapStrings(v, change, keep, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, mapStrings(v, change, keep, k)]),
  ) as T;
}

const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const ENUM_FIELDS = ['verdict', 'kind', 'visibility', 'type', 'format', 'linkMode'];

/** Fills every text of a report that comes from traffic or a tester with `hostile`. */
export function hostileReport(report: Report, hostile: string): Report {
  const finding = {
    rule: 'x',
    severity: 'x',
    title: 'x',
    fix: ['x'],
    evidence: ['x'],
    observed: [{ at: report.evaluatedAt, what: 'x' }],
    detail: 'x',
    causes: ['x'],
    console: 'x',
    docs: 'x',
  };
  const full: Report = {
    ...report,
    session: { ...report.session, tester: 'x', build: 'x', environment: 'x', notes: 'x' },
    logins: report.logins.map((l) => ({
      ...l,
      account: 'x',
      findings: [finding],
    })),
    findings: [finding],
  };
  return mapStrings(
    full,
    () => hostile,
    (text, key) => ISO.test(text) || ENUM_FIELDS.includes(key),
  );
}

export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  ']]></failure><script xmlns="http://www.w3.org/1999/xhtml">1</script>',
  '</style></title><svg/onload=alert(1)>',
  '<!-- --><?xml?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
  '=HYPERLINK("http://evil.example","x")',
  '+1+1|cmd',
  '@SUM(A1)',
  '-2+3',
  '\t=1+1',
  ' \u200b=1',
  'a,"b"\r\nc',
  '| a | b |\n|---|---|\n# heading\n- item',
  '`` ` code ` ``',
  '[x](javascript:alert(1)) ![y](http://evil.example/p.png) <http://evil.example>',
  '@everyone #1 https://evil.example/',
  '\\`|\\| `',
  '\u001b[31mred\u001b]8;;http://evil.example\u0007',
  '\u0000\u0008\ufffe\ud800 lone',
  '\u202eright to left',
  '__proto__',
  'constructor',
  '$1 $2 $&',
  '',
  ' ',
  '\n',
] as const;
