import type { LocalizeFindings } from '../../guidance/localize-findings.ts';
import { keyHashesOf } from '../app-key-hash.ts';
import { buildReport } from '../build-report.ts';
import { replayObservations, type ReplayResult } from '../replay/replay-observations.ts';
import type { FileContents, ImportedFile, Judgeable } from './file-contents.ts';

/** How a file is judged anew. */
export interface ReevaluateOptions {
  /** Epoch ms; the file's own where left out. */
  generatedAt?: number;
  wholeClientIds?: boolean;
  /** Whoever judges says that nothing followed what was recorded. */
  nothingFollowed?: boolean;
  /** Gives guidance in a language; without it the report has no findings. */
  advise?: LocalizeFindings;
}

const epochMsOf = (iso: string | null) => (iso === null ? null : Date.parse(iso));

type Recording = Pick<ImportedFile, 'observations' | 'takenAt' | 'endedAt'>;

/** A file's observations; where nothing followed them, the recording's end says nothing. */
function recordedIn({ observations }: Recording, nothingFollowed: boolean) {
  return nothingFollowed ? observations.filter((o) => o.type !== 'recording-ended') : observations;
}

/** Replays what a file held into the logins of an instant (epoch ms). */
function replayAt(
  file: Recording,
  at: number,
  { nothingFollowed }: { nothingFollowed: boolean },
): ReplayResult {
  const { takenAt, endedAt } = file;
  return replayObservations(
    recordedIn(file, nothingFollowed),
    at >= takenAt ? Infinity : at,
    endedAt !== undefined && at > endedAt && !nothingFollowed ? endedAt : null,
  );
}

/**
 * Replays what a file held into its logins: now (null), or as they stood at an instant that someone chose (epoch ms), who
 * says by that that nothing followed what was recorded.
 */
export function replayFile(file: Recording, chosen: number | null): ReplayResult {
  return chosen === null
    ? replayAt(file, Infinity, { nothingFollowed: false })
    : replayAt(file, chosen, { nothingFollowed: true });
}

/** Replays a file ahead as it stands now, for whoever must not be held up by that. */
export function withReplay<T extends FileContents>(file: T): T & { replayed: ReplayResult } {
  return { ...file, replayed: replayFile(file, null) };
}

/** Judges the contents of a file at an instant (epoch ms) and builds the report of it. */
export function reevaluate(
  file: Judgeable,
  at: number,
  { generatedAt, wholeClientIds = false, nothingFollowed = false, advise }: ReevaluateOptions = {},
): ImportedFile {
  const { report: head, about, takenAt, endedAt, joined } = file;
  const recorded = recordedIn(file, nothingFollowed);
  const { loginState, observations } = replayAt(file, at, { nothingFollowed });
  const sources = head.sources?.map((source) => ({
    ...source,
    logins: source.logins.filter((id) => loginState.logins.has(id)),
  }));
  const report = buildReport({
    loginState,
    ...(about ? { logins: about } : {}),
    observations,
    session: {
      ...head.session,
      startedAt: epochMsOf(head.session.startedAt),
      endedAt: epochMsOf(head.session.endedAt),
    },
    generator: head.generator,
    generatedAt: generatedAt ?? Date.parse(head.generatedAt),
    evaluatedAt: at,
    dropped: head.counts.dropped,
    ...(sources ? { sources } : {}),
    keyHashes: keyHashesOf(head.apps ?? []),
    wholeClientIds,
    ...(advise ? { advise } : {}),
  });
  return {
    report,
    loginState,
    observations: recorded,
    about,
    takenAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(joined ? { joined } : {}),
  };
}
