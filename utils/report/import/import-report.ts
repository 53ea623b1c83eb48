import * as v from 'valibot';
import type { Observation } from '../../model/observation.ts';
import type { Report, ReportFinding } from '../document.ts';
import { ImportError } from './import-error.ts';
import { reevaluate, type ImportedFile } from './reevaluate.ts';
import type { ReportObservation } from '../replay-observations.ts';
import { ReportSchema, VERDICTS } from '../schema/report-schema.ts';

type Parsed = v.InferOutput<typeof ReportSchema>;

/** Reads the text of a report and judges it again at its own instant. Throws ImportError. */
export function importReport(text: string): ImportedFile {
  return importReportValue(parseJson(text));
}

/** Parses JSON, with or without a byte order mark. Throws ImportError. */
export function parseJson(text: string): unknown {
  const body = text.replace(/^\uFEFF/, '');
  if (!body.trim()) throw new ImportError('empty');
  try {
    return JSON.parse(body);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    // The parser quotes the text around the error, which may be anything: only where it is, is told.
    const [where, position = ''] = /position (\d+)/.exec(detail) ?? [];
    const ends = /end of JSON/.test(detail) || Number(position) >= body.trimEnd().length;
    throw new ImportError(ends ? 'truncated' : 'not-json', where ?? 'position 0');
  }
}

/** Reads a parsed report and judges it again at its own instant. Throws ImportError. */
export function importReportValue(value: unknown): ImportedFile {
  const head = value as { format?: unknown; version?: unknown } | null;
  if (typeof head !== 'object' || head === null || head.format !== 'linkwatch-report')
    throw new ImportError('not-ours');
  if (head.version !== 1) throw new ImportError('version', shorten(String(head.version)));
  const result = v.safeParse(ReportSchema, value, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new ImportError('field', v.getDotPath(issue) ?? '', detailOf(issue));
  }
  const report = result.output;
  checkCounts(report);
  const raw = (value as { observations: object[] }).observations;
  const observations = report.observations.map((o, i) => asGiven(raw[i] ?? {}, o));
  checkIds(observations);
  const imported = reevaluate(
    {
      report: report as never,
      about: new Set(report.logins.map((l) => l.id)),
      observations,
      takenAt: Date.parse(report.evaluatedAt),
    },
    Date.parse(report.evaluatedAt),
    { wholeClientIds: true },
  );
  for (const [i, { id }] of report.logins.entries())
    if (!imported.loginState.logins.has(id))
      throw new ImportError('field', `logins.${i}.id`, 'no observation makes this login');
  return { ...imported, report: withFindings(imported.report, report, value) };
}

/** What is known of an object, in the order in which the file has it, so that it is written alike again. */
function inOrder<T extends object>(raw: object, known: T): T {
  const keys = Object.keys(raw).filter((key) => Object.hasOwn(known, key)) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, known[key]])) as T;
}

function asGiven(raw: object, parsed: Parsed['observations'][number]): ReportObservation {
  return { ...inOrder(raw, parsed), at: Date.parse(parsed.at) } as unknown as Observation;
}

/** Guidance is in a language, and may rest on sessions that the file does not have: at its own instant it is kept. */
function withFindings(judged: Report, parsed: Parsed, value: unknown): Report {
  const raw = value as { findings: object[]; logins: { findings: object[] }[] };
  const ordered = (given: object[] | undefined, known: ReportFinding[]) =>
    known.map((finding, i) => inOrder(given?.[i] ?? {}, finding));
  const byLogin = new Map(
    parsed.logins.map((l, i) => [l.id, ordered(raw.logins[i]?.findings, l.findings)]),
  );
  return {
    ...judged,
    logins: judged.logins.map((l) => ({ ...l, findings: byLogin.get(l.id) ?? [] })),
    findings: ordered(raw.findings, parsed.findings),
  };
}

function detailOf(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'missing';
  const expected = issue.expected ? `expected ${issue.expected}` : issue.message;
  const { received } = issue;
  return `${shorten(expected)}, got ${shorten(received)}`;
}

const shorten = (text: string) => {
  // Control characters could speak to a terminal.
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, '�');
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
};

function checkCounts({ counts, logins, observations }: Parsed): void {
  const check = (field: string, told: number, counted: number) => {
    if (told !== counted)
      throw new ImportError('counts', `counts.${field}`, `${told} ≠ ${counted}`);
  };
  check('observations', counts.observations, observations.length);
  check('logins', counts.logins, logins.length);
  for (const name of VERDICTS)
    check(
      `byVerdict.${name}`,
      counts.byVerdict[name],
      logins.filter((l) => l.verdict === name).length,
    );
}

function checkIds(observations: readonly ReportObservation[]): void {
  const seen = new Set<string>();
  for (const { id } of observations) {
    if (seen.has(id)) throw new ImportError('twice', id);
    seen.add(id);
  }
}
