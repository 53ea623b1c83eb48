import type { ReportSource } from '../document.ts';
import type { FileContents, ImportedFile } from '../import/file-contents.ts';
import { reevaluate } from '../import/reevaluate.ts';
import { recordingEnds, type ReportObservation } from '../replay/replay-observations.ts';
import { createAppNames } from './app-names.ts';
import { findDuplicateLogins } from './find-duplicate-logins.ts';
import { mergeSessions } from './merge-sessions.ts';
import { shareServerCalls } from './share-server-calls.ts';
import { splitByBrowser, type BrowserRecording } from './split-by-browser.ts';

/**
 * Merges files and judges them at an instant (epoch ms; the latest of theirs where left out), as `mergeFiles` describes.
 * Throws a RangeError where there is no file.
 */
export function mergeReports(files: readonly FileContents[], at?: number): ImportedFile {
  const merged = mergeFiles(files);
  return reevaluate(merged, at ?? Date.parse(merged.report.evaluatedAt), { wholeClientIds: true });
}

/**
 * Merges the contents of files. Files that share an observation are of one browser, and what both hold is there once;
 * the observations of every other browser are judged apart. A login that both a HAR and the browser's own recording
 * hold is shown once, see `findDuplicateLogins`. Throws a RangeError where there is no file.
 */
export function mergeFiles(files: readonly FileContents[]): FileContents {
  const [first] = files;
  if (!first) throw new RangeError('nothing to merge');
  const nameOf = createAppNames(files);
  const recordings = splitByBrowser(files, nameOf);
  makeIdsUnique(recordings);
  shareServerCalls(recordings);
  dropDuplicateLogins(recordings);
  const latest = files.reduce((a, b) => (b.report.evaluatedAt > a.report.evaluatedAt ? b : a));
  const { generator, evaluatedAt } = latest.report;
  const sources = recordings.flatMap((recording, i) =>
    recording.sources.map((source): ReportSource => ({ browser: browserName(i), ...source })),
  );
  const isMerged = sources.length > 1;
  const observations = recordings.flatMap((recording, i) =>
    isMerged ? observationsOf(recording, browserName(i)) : recording.observations,
  );
  const ends = isMerged ? [] : files.flatMap((f) => f.endedAt ?? []);
  return {
    about: new Set(sources.flatMap((s) => s.logins)),
    observations,
    takenAt: files.reduce((latestAt, f) => Math.max(latestAt, f.takenAt), -Infinity),
    ...(ends.length ? { endedAt: Math.max(...ends) } : {}),
    report: {
      session: isMerged ? mergeSessions(sources) : (sources[0]?.session ?? first.report.session),
      generator: isMerged ? { ...generator, browser: '' } : generator,
      generatedAt: files.map((f) => f.report.generatedAt).reduce((a, b) => (b > a ? b : a)),
      evaluatedAt,
      apps: files.flatMap((f) =>
        (f.report.apps ?? []).map((app) => ({ ...app, clientId: nameOf(f, app.clientId) })),
      ),
      counts: { dropped: recordings.reduce((sum, r) => sum + r.dropped, 0) },
      ...(isMerged ? { sources } : {}),
    },
  };
}

/** What one of several browsers recorded, and when that ended: the others may have gone on. */
function observationsOf(
  { observations, endedAt }: BrowserRecording,
  browser: string,
): ReportObservation[] {
  const own = observations.map((o): ReportObservation => ({ ...o, browser }));
  return endedAt === null ? own : [...own, ...recordingEnds(own, endedAt)];
}

const browserName = (index: number) => `b${index + 1}`;

/** Renames ids that occur in several browsers. Ids made of a time can be alike by chance: the later browser's change. */
function makeIdsUnique(recordings: readonly BrowserRecording[]): void {
  const used = new Set<string>();
  for (const recording of recordings) {
    const newIds = new Map<string, string>();
    for (const { id } of recording.observations) {
      let unique = id;
      for (let n = 2; used.has(unique); n++) unique = `${id}~${n}`;
      if (unique !== id) newIds.set(id, unique);
      used.add(unique);
    }
    if (newIds.size === 0) continue;
    const rename = (id: string) => newIds.get(id) ?? id;
    recording.observations = recording.observations.map((o) => ({
      ...o,
      id: rename(o.id),
      ...('login' in o ? { login: rename(o.login) } : {}),
    }));
    for (const source of recording.sources) source.logins = source.logins.map(rename);
  }
}

function dropDuplicateLogins(recordings: readonly BrowserRecording[]): void {
  const duplicates = findDuplicateLogins(recordings);
  for (const source of recordings.flatMap((r) => r.sources))
    source.logins = source.logins.filter((id) => !duplicates.has(id));
}
