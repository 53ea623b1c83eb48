import { originOf } from '../../model/url.ts';
import type { ReportSource } from '../document.ts';
import type { FileContents } from '../import/file-contents.ts';
import { isRedacted, unredactedId } from '../redacted-observation.ts';
import {
  recordingEnd,
  replayObservations,
  withoutBrowser,
  type ReportObservation,
} from '../replay/replay-observations.ts';
import { mergeInOrder } from './merge-in-order.ts';

/** What one browser recorded, as one file or several together hold it. */
export interface BrowserRecording {
  observations: ReportObservation[];
  /** The sessions it was recorded in. */
  sources: Omit<ReportSource, 'browser'>[];
  /** How many observations the browser dropped. */
  dropped: number;
  /** When its recording ended, epoch ms; null where that is not known. */
  endedAt: number | null;
}

/**
 * Splits what several files hold by browser, in the order of the files. Recordings that share an observation are of
 * one browser. `nameOf` gives the app key by which a file's app is known in all of them.
 */
export function splitByBrowser(
  files: readonly FileContents[],
  nameOf: (file: FileContents, clientId: string) => string,
): BrowserRecording[] {
  const recordings = files.flatMap((file) => recordingsOf(file, nameOf));
  const browserOf = findBrowsers(recordings);
  const byBrowser = new Map<number, BrowserRecording>();
  for (const [i, recording] of recordings.entries()) {
    const browser = browserOf(i);
    const known = byBrowser.get(browser);
    byBrowser.set(browser, known ? mergeRecordings(known, recording) : recording);
  }
  return [...byBrowser.values()].map((recording) => ({
    ...recording,
    observations: dropNeedlessRedactions(recording.observations),
  }));
}

/**
 * Groups recordings that share an observation (a union-find over their indexes). The result maps the index of a
 * recording to its browser: the lowest index of its group.
 */
function findBrowsers(recordings: readonly BrowserRecording[]): (index: number) => number {
  const parents = recordings.map((_, i) => i);
  const rootOf = (i: number): number => {
    const parent = parents[i] ?? i;
    return parent === i ? i : rootOf(parent);
  };
  const firstById = new Map<string, { observation: ReportObservation; recording: number }>();
  for (const [i, { observations }] of recordings.entries())
    for (const o of observations) {
      const id = unredactedId(o.id);
      const first = firstById.get(id);
      if (!first) firstById.set(id, { observation: o, recording: i });
      else if (rootOf(first.recording) !== rootOf(i) && isSame(first.observation, o)) {
        const [low, high] = [rootOf(first.recording), rootOf(i)].sort((a, b) => a - b);
        if (low !== undefined && high !== undefined) parents[high] = low;
      }
    }
  return rootOf;
}

/**
 * Tells whether two observations with the same id are the same one. The ids of two HARs may be alike by chance, so
 * their facts must be too; of a redacted one nothing else is known.
 */
function isSame(a: ReportObservation, b: ReportObservation): boolean {
  return isRedacted(a) || isRedacted(b) || factsAsText(a) === factsAsText(b);
}

/** Writes the facts of an observation as text, whatever the order of their names. */
function factsAsText(o: ReportObservation): string {
  const { loginId: _loginId, browser: _browser, ...facts } = o;
  return JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Returns the recordings that a file holds: one for each browser of a merged report, else a single one. */
function recordingsOf(
  file: FileContents,
  nameOf: (file: FileContents, clientId: string) => string,
): BrowserRecording[] {
  const { report, observations, about, endedAt: end } = file;
  const unmasked = observations.map((o): ReportObservation =>
    'clientId' in o && o.clientId
      ? ({ ...o, clientId: nameOf(file, o.clientId) } as ReportObservation)
      : o,
  );
  const { session, generator, counts, sources } = report;
  const endedAt = end ?? null;
  if (!sources) {
    const logins = [...(about ?? replayObservations(observations).loginState.logins.keys())];
    const source = { session, generator, logins };
    return [
      {
        observations: unmasked.map(withoutBrowser),
        sources: [source],
        dropped: counts.dropped,
        endedAt,
      },
    ];
  }
  const byBrowser = Map.groupBy(unmasked, (o) => o.browser);
  const sourcesByBrowser = Map.groupBy(sources, (s) => s.browser);
  return [...sourcesByBrowser].map(([browser, own], i) => ({
    observations: (byBrowser.get(browser) ?? []).map(withoutBrowser),
    sources: own.map(({ browser: _browser, ...source }) => source),
    // A merged report counts what all its browsers dropped together; the sum is kept with the first.
    dropped: i === 0 ? counts.dropped : 0,
    endedAt,
  }));
}

/** Merges two recordings of one browser. Where both hold a session, the later word on its name and end is kept. */
function mergeRecordings(a: BrowserRecording, b: BrowserRecording): BrowserRecording {
  const sources = a.sources.map((s) => ({ ...s }));
  for (const source of b.sources) {
    const known = sources.find((s) => s.session.id === source.session.id);
    if (!known) {
      sources.push(source);
      continue;
    }
    known.logins = [...new Set([...known.logins, ...source.logins])];
    if (source.session.endedAt || !known.session.endedAt) known.session = source.session;
  }
  return {
    observations: [
      ...mergeInOrder(a.observations, b.observations),
      ...endsOfLeftOut(a, b),
      ...endsOfLeftOut(b, a),
    ],
    sources,
    // Each recording counts everything that its browser ever dropped.
    dropped: Math.max(a.dropped, b.dropped),
    endedAt: a.endedAt === null ? b.endedAt : Math.max(a.endedAt, b.endedAt ?? a.endedAt),
  };
}

/**
 * Says of the sites of one recording's logins that nothing more was recorded after its end, where a later one of the same
 * browser is about other sites and has left them out.
 */
function endsOfLeftOut(one: BrowserRecording, later: BrowserRecording): ReportObservation[] {
  const { endedAt: at } = one;
  if (at === null || at >= (later.endedAt ?? -Infinity)) return [];
  const ids = new Set(later.observations.map((o) => o.id));
  const sites = new Set<string | null>();
  for (const login of replayObservations(one.observations).loginState.logins.values())
    if (!ids.has(login.id)) sites.add(login.site ?? originOf(login.redirectUri));
  return [...sites].map((site, i) => recordingEnd(at, site, String(i + 1)));
}

/** Drops the redacted observations that are there unredacted as well. */
function dropNeedlessRedactions(observations: readonly ReportObservation[]): ReportObservation[] {
  const ids = new Set(observations.map((o) => o.id));
  return observations.filter((o) => !isRedacted(o) || !ids.has(unredactedId(o.id)));
}
