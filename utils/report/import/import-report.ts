import * as v from 'valibot';
import { listOf, objectOf, type Json } from '../../model/json.ts';
import type { Report, ReportFinding } from '../document.ts';
import type { ReportObservation } from '../replay/replay-observations.ts';
import { ReportSchema, VERDICTS } from '../schema/report-schema.ts';
import type { ImportedFile } from './file-contents.ts';
import { ImportError } from './import-error.ts';
import { locateJsonError } from './json-error.ts';
import { describeMismatch, describeValue } from './mismatch.ts';
import { reevaluate } from './reevaluate.ts';

/** A report that has passed the schema, without the fields that the schema does not know. */
type ParsedReport = v.InferOutput<typeof ReportSchema>;

/** Imports the text of a report and judges it again at its own instant. Throws an ImportError. */
export function importReport(text: string): ImportedFile {
  return importReportValue(parseJson(text));
}

/** Parses JSON, with or without a byte order mark. Throws an ImportError. */
export function parseJson(text: string): unknown {
  const body = text.replace(/^\uFEFF/, '');
  if (!body.trim()) throw new ImportError('empty');
  try {
    return JSON.parse(body);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    // Parsers quote the text around the error, which may be anything, so only its position is passed on.
    const [, position] = /position (\d+)/.exec(detail) ?? [];
    const isTruncated = /end of JSON/.test(detail) || Number(position) >= body.trimEnd().length;
    if (isTruncated) throw new ImportError('truncated');
    throw position ? new ImportError('not-json', position) : locateJsonError(body);
  }
}

/** Imports a parsed report and judges it again at its own instant. Throws an ImportError. */
export function importReportValue(value: unknown): ImportedFile {
  const report = parseReport(value);
  checkCounts(report);
  const given = listOf(objectOf(value)['observations']);
  const observations = report.observations.map((o, i) => toObservation(objectOf(given[i]), o));
  checkIds(observations);
  const evaluatedAt = Date.parse(report.evaluatedAt);
  const imported = reevaluate(
    {
      report,
      about: new Set(report.logins.map((l) => l.id)),
      observations,
      takenAt: evaluatedAt,
      endedAt: evaluatedAt,
    },
    evaluatedAt,
    { wholeClientIds: true },
  );
  for (const [i, { id }] of report.logins.entries())
    if (!imported.loginState.logins.has(id)) throw new ImportError('no-login', `logins.${i}.id`);
  return { ...imported, report: withFindings(imported.report, report, value) };
}

function parseReport(value: unknown): ParsedReport {
  const { format, version } = objectOf(value);
  if (format !== 'linkwatch-report') throw new ImportError('not-ours');
  if (version !== 1) throw unknownVersion(version);
  const result = v.safeParse(ReportSchema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ImportError('field', v.getDotPath(issue) ?? '', '', describeMismatch(issue));
}

/** A version is named where it is a version number; anything else may be a secret in its place. */
function unknownVersion(version: unknown): ImportError {
  if (Number.isInteger(version) && Math.abs(Number(version)) < 10_000)
    return new ImportError('version', String(version));
  const expected = ['report.expected.one_of', ['1']] as const;
  return new ImportError('version', 'version', '', { expected, found: describeValue(version) });
}

/** Puts the fields of a parsed object in the order of the file, so that it is written again to the same bytes. */
function inOrderOf<T extends object>(given: Json, parsed: T): T {
  const keys = Object.keys(given).filter((key) => Object.hasOwn(parsed, key)) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, parsed[key]])) as T;
}

function toObservation(
  given: Json,
  parsed: ParsedReport['observations'][number],
): ReportObservation {
  return { ...inOrderOf(given, parsed), at: Date.parse(parsed.at) } as unknown as ReportObservation;
}

/**
 * Takes the findings over from the file. They are in the language of the file and may rest on sessions that it does
 * not hold, so at the file's own instant they are kept as they are.
 */
function withFindings(report: Report, parsed: ParsedReport, value: unknown): Report {
  const given = objectOf(value);
  const inGivenOrder = (holder: unknown, findings: ReportFinding[]) => {
    const givenFindings = listOf(objectOf(holder)['findings']);
    return findings.map((finding, i) => inOrderOf(objectOf(givenFindings[i]), finding));
  };
  const givenLogins = listOf(given['logins']);
  const byLogin = new Map(
    parsed.logins.map((l, i) => [l.id, inGivenOrder(givenLogins[i], l.findings)]),
  );
  return {
    ...report,
    logins: report.logins.map((l) => ({ ...l, findings: byLogin.get(l.id) ?? [] })),
    findings: inGivenOrder(given, parsed.findings),
  };
}

function checkCounts({ counts, logins, observations }: ParsedReport): void {
  const check = (field: string, stated: number, counted: number) => {
    if (stated !== counted)
      throw new ImportError('counts', `counts.${field}`, `${stated} ≠ ${counted}`);
  };
  check('observations', counts.observations, observations.length);
  check('logins', counts.logins, logins.length);
  for (const name of VERDICTS) {
    const counted = logins.filter((l) => l.verdict === name).length;
    check(`byVerdict.${name}`, counts.byVerdict[name], counted);
  }
}

function checkIds(observations: readonly ReportObservation[]): void {
  const seen = new Set<string>();
  for (const [i, { id }] of observations.entries()) {
    if (seen.has(id)) throw new ImportError('twice', `observations.${i}`);
    seen.add(id);
  }
}
