import { maskClientId } from '../../kakao/mask-client-id.ts';
import { splitByBrowser, type BrowserPart } from './browser-parts.ts';
import type { Report, ReportSource } from '../document.ts';
import { fnv1a } from '../formats/fnv1a.ts';
import { reevaluate, type ImportedFile } from '../import/reevaluate.ts';
import type { ReportObservation } from '../replay-observations.ts';
import { isMasked } from '../mask-client-ids.ts';
import { findDuplicateLogins } from './find-duplicate-logins.ts';

/**
 * Merges what came out of several files, judged at an instant (epoch ms; left out: the latest of theirs). Files that
 * share an observation are of one browser, and what both tell shows once; every other browser is judged apart. A login
 * that a HAR and the browser's own recording tell alike shows once, see `toldTwice`.
 */
export function mergeReports(imports: readonly ImportedFile[], at?: number): ImportedFile {
  const [only] = imports;
  if (!only) throw new RangeError('nothing to merge');
  const browsers = splitByBrowser(imports, unmask(imports));
  renameTwins(browsers);
  const twice = findDuplicateLogins(browsers);
  for (const source of browsers.flatMap((b) => b.sources))
    source.logins = source.logins.filter((id) => !twice.has(id));
  const latest = imports.reduce((a, b) => (b.report.evaluatedAt > a.report.evaluatedAt ? b : a));
  const several = browsers.reduce((n, b) => n + b.sources.length, 0) > 1;
  const sources = browsers.flatMap((b, i) =>
    b.sources.map((source): ReportSource => ({ browser: `b${i + 1}`, ...source })),
  );
  const observations = browsers.flatMap((b, i) =>
    b.observations.map((o): ReportObservation => (several ? { ...o, browser: `b${i + 1}` } : o)),
  );
  const { generator } = latest.report;
  const generatedAt = imports
    .map((i) => i.report.generatedAt)
    .sort()
    .at(-1);
  return reevaluate(
    {
      about: new Set(browsers.flatMap((b) => b.sources.flatMap((s) => s.logins))),
      observations,
      takenAt: Math.max(...imports.map((i) => i.takenAt)),
      report: {
        session: several ? sessionOf(sources) : (sources[0]?.session ?? only.report.session),
        generator: several ? { ...generator, browser: '' } : generator,
        generatedAt: generatedAt ?? only.report.generatedAt,
        counts: { dropped: browsers.reduce((sum, b) => sum + b.dropped, 0) },
        ...(several ? { sources } : {}),
      },
    },
    at ?? Date.parse(latest.report.evaluatedAt),
    { wholeClientIds: true },
  );
}

/** Gives a masked app key back its whole form where another file has it, and only one can be meant. */
function unmask(imports: readonly ImportedFile[]): (clientId: string) => string {
  const keys = new Set(imports.flatMap((i) => i.observations.flatMap((o) => clientIdOf(o) ?? [])));
  const whole = new Map<string, string | null>();
  for (const key of keys) {
    const masked = maskClientId(key);
    if (!isMasked(key)) whole.set(masked, whole.has(masked) ? null : key);
  }
  return (clientId) => (isMasked(clientId) ? (whole.get(clientId) ?? clientId) : clientId);
}

function clientIdOf(o: ReportObservation): string | null {
  return 'clientId' in o ? o.clientId : null;
}

/** Names made of a time can be the same in two browsers: the later browser's get another. */
function renameTwins(browsers: readonly BrowserPart[]): void {
  const taken = new Set<string>();
  for (const part of browsers) {
    const names = new Map<string, string>();
    for (const { id } of part.observations) {
      let name = id;
      for (let n = 2; taken.has(name); n++) name = `${id}~${n}`;
      if (name !== id) names.set(id, name);
      taken.add(name);
    }
    if (!names.size) continue;
    const named = (id: string) => names.get(id) ?? id;
    part.observations = part.observations.map((o) => ({
      ...o,
      id: named(o.id),
      ...('login' in o ? { login: named(o.login) } : {}),
    }));
    for (const source of part.sources) source.logins = source.logins.map(named);
  }
}

const MOST_NAMES = 3;

function sessionOf(sources: readonly ReportSource[]): Report['session'] {
  const sessions = sources.map((s) => s.session);
  const each = (of: (s: Report['session']) => string) =>
    [...new Set(sessions.map(of))].filter(Boolean);
  const names = each((s) => s.name);
  const ended = sessions.flatMap((s) => s.endedAt ?? []);
  const told = (of: (s: Report['session']) => string) => each(of).join(', ').slice(0, 500);
  const environment = told((s) => s.environment ?? '');
  return {
    id: `merged-${fnv1a(sessions.map((s) => s.id).join('\n'), 64)}`,
    name:
      names.slice(0, MOST_NAMES).join(' + ') +
      (names.length > MOST_NAMES ? ` + ${names.length - MOST_NAMES}` : ''),
    tester: told((s) => s.tester),
    build: told((s) => s.build),
    ...(environment ? { environment } : {}),
    notes: '',
    startedAt: sessions.flatMap((s) => s.startedAt ?? []).sort()[0] ?? null,
    endedAt: ended.length === sessions.length ? (ended.sort().at(-1) ?? null) : null,
  };
}
