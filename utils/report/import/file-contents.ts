import type { JoinCounts } from '../../capture/back-end/join-calls.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';
import type { Report, ReportApp } from '../document.ts';
import type { ReplayResult, ReportObservation } from '../replay/replay-observations.ts';

/** A file that was judged: its report, and all that is needed to judge it at any other instant. */
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
export type Judgeable = Omit<ImportedFile, 'report' | 'loginState'> & {
  report: ReportHead;
};

/** What a file held, before it is judged. `evaluatedAt` is its own instant of judgement. */
export type FileContents = Judgeable & { report: Pick<Report, 'evaluatedAt'> };

/** What a page keeps of a file: what it held and, where that was done ahead, its replay as it stands now; not the report of it. */
export type KeptFile = FileContents & {
  report: Pick<Report, 'counts'>;
  replayed?: ReplayResult;
};
