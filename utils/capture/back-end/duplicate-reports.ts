import type { ApiFact, Observation } from '../../model/observation.ts';
import { SECOND_MS } from '../../model/time.ts';
import { isJoined } from './joined-call.ts';

/** How far a record's clock may be off the browser's where one call is known again by its instant. */
const CLOCK_ERROR_MS = 2 * SECOND_MS;

type Call = Observation<ApiFact>;

/**
 * The recorded observations without a site's reports of calls that its back end's record (`joined`) shows as well. A report does
 * not say whose token a call carried, so that one call would seem to be two, perhaps of two accounts. A report that tells more
 * than the record stays.
 */
export function withoutDuplicateReports(
  recorded: readonly Observation[],
  joined: readonly Observation[],
): Observation[] {
  const duplicates = new Set<Observation>();
  const told = recorded.filter(isCall).filter((o) => o.source === 'server');
  const calls = joined.filter(isCall);
  // Where the back end kept two records, the site's report of a call and the other record's are each a duplicate of it.
  for (const ofOneTeller of Map.groupBy(told, isJoined).values())
    for (const report of duplicatesAmong(ofOneTeller, calls)) duplicates.add(report);
  return duplicates.size ? recorded.filter((o) => !duplicates.has(o)) : [...recorded];
}

/** Those of some reports that are of calls which a record shows as well, and tell no more. */
function duplicatesAmong(all: readonly Call[], joined: readonly Call[]): Call[] {
  const duplicates: Call[] = [];
  let [reports, calls] = [all, joined];
  // A report comes to the tab that asked for it, which may be another one than the login's: those of the same tab first.
  for (const keyOf of [keyInTab, keyOfSite]) {
    const pairs = pairsAlike(reports, calls, keyOf);
    for (const [report, call] of pairs) if (!tellsMore(report, call)) duplicates.push(report);
    const [pairedReports, pairedCalls] = [new Set(pairs.keys()), new Set(pairs.values())];
    reports = reports.filter((o) => !pairedReports.has(o));
    calls = calls.filter((o) => !pairedCalls.has(o));
  }
  return duplicates;
}

function isCall(o: Observation): o is Call {
  return o.type === 'api';
}

/** Pairs each report with the earliest call that it may be of: alike by `keyOf`, and at its instant as far as clocks go. */
function pairsAlike(
  reports: readonly Call[],
  joined: readonly Call[],
  keyOf: (call: Call) => string,
): Map<Call, Call> {
  const pairs = new Map<Call, Call>();
  const shown = Map.groupBy(joined, keyOf);
  for (const calls of shown.values()) calls.sort((x, y) => x.at - y.at);
  for (const [key, alike] of Map.groupBy(reports, keyOf)) {
    const calls = shown.get(key) ?? [];
    let next = 0;
    for (const report of alike.sort((x, y) => x.at - y.at)) {
      const from = (report.sentAt ?? report.at) - CLOCK_ERROR_MS;
      while ((calls[next]?.at ?? Infinity) < from) next += 1;
      const call = calls[next];
      if (!call || call.at > report.at + CLOCK_ERROR_MS) continue;
      next += 1;
      pairs.set(report, call);
    }
  }
  return pairs;
}

/** Reports and calls that may be of one request are alike in these, whichever tabs they are placed in. */
function keyOfSite({ cookieStore, site, method, path, status }: Call): string {
  return [cookieStore, site, method, path, status].join(' ');
}

function keyInTab(call: Call): string {
  return `${keyOfSite(call)} ${call.tab}`;
}

/** Whether a report says anything of an answer that a record does not. */
function tellsMore(report: Call, call: Call): boolean {
  const fields = ['code', 'hasSignedUp', 'connectedAt'] as const;
  const isMore = fields.some((name) => report[name] !== null && call[name] === null);
  return isMore || (report.wholeBody && !call.wholeBody);
}
