import type { JoinCounts } from '../../capture/back-end/join-calls.ts';
import type { LocalizeFindings } from '../../guidance/localize-findings.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';
import { keyHashesOf } from '../app-key-hash.ts';
import { buildReport } from '../build-report.ts';
import type { Report, ReportApp } from '../document.ts';
import {
  replayObservations,
  type ReplayResult,
  type ReportObservation,
} from '../replay/replay-observations.ts';

/** What a file held: everything needed to judge it at any instant. */
export interface ImportedFile {
  /** As judged at `report.evaluatedAt`. */
  report: Report;
  loginState: LoginState;
  /** All observations of the file, also those that `report` leaves out because they came after its instant. */
  observations: readonly ReportObservation[];
  /** Ids of the logins the file is about; null for all. */
  about: ReadonlySet<string> | null;
  /** When the file was written, in epoch ms. From this instant on all observations count, whatever their `at` says. */
  takenAt: number;
  /** When its recording ended, epoch ms, where no observation of it says so. */
  endedAt?: number;
  /** What of a back end's records was joined to it, where there were any. */
  joined?: JoinCounts;
}

/** What a report takes over from its file instead of judging it. */
type ReportHead = Pick<Report, 'session' | 'generator' | 'sources' | 'generatedAt'> & {
  counts: Pick<Report['counts'], 'dropped'>;
  /** Apps whose keys the file may have masked, for the hashes of the keys. */
  apps?: readonly Pick<ReportApp, 'clientId' | 'keyHash'>[];
};

/** What is judged, whatever the file's own instant of judgement was. */
type Judgeable = Omit<ImportedFile, 'report' | 'loginState'> & {
  report: ReportHead;
};

/** What a file held, before it is judged. `evaluatedAt` is its own instant of judgement. */
export type FileContents = Judgeable & { report: Pick<Report, 'evaluatedAt'> };

/** What a page keeps of a file: what it held and, where that was done ahead, its replay as it stands now; not the report of it. */
export type ReplayedFile = FileContents & {
  report: Pick<Report, 'counts'>;
  replayed?: ReplayResult;
};

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
