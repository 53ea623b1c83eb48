import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Session } from '../../utils/model/session.ts';
import type { Report } from '../../utils/report/document.ts';
import type { ReplayedFile } from '../../utils/report/import/reevaluate.ts';
import { importedScope, liveScope, type ReportScope } from '../../utils/report/report-scope.ts';
import type { Records } from '../../utils/store/read-records.ts';
import { mergeReports } from '../../utils/report/merge/merge-reports.ts';
import { allSessions } from '../../utils/report/session-report.ts';
import type { Clock } from '../shared/clock.ts';

/** What is recorded, with the logins (by id) that each session (by id) is about. */
export interface ReportRecords extends Records {
  loginsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A file that was read. */
interface OpenedFile {
  name: string;
  imported: ReplayedFile;
}

/** What the page shows: a session of the live database, or files. */
export interface ReportSource {
  /** The id of the session chosen, or `ALL_SESSIONS`; null: the latest. */
  chosen: Signal<string | null>;
  /** How many logins each session (by id) is about. */
  loginCounts: ReadonlySignal<ReadonlyMap<string, number>>;
  /** Whether all sessions are shown as one. */
  showsAll: ReadonlySignal<boolean>;
  /** The one session that is shown; undefined where there is none, or all are shown. */
  session: ReadonlySignal<Session | undefined>;
  files: Signal<readonly OpenedFile[]>;
  /** Whether the files are shown instead of the live database. */
  showsFiles: Signal<boolean>;
  /** Instant at which files are judged, epoch ms; null: now. */
  filesAt: Signal<number | null>;
  /** All files as one; null where none was read. */
  merged: ReadonlySignal<ReplayedFile | null>;
  /** Instant at which everything is judged, epoch ms. */
  at: ReadonlySignal<number>;
  /** The session that is shown, be it recorded or of files. */
  shownSession: ReadonlySignal<Report['session'] | Session | undefined>;
  /** What is chosen to be shown; null until there is something. */
  chosenScope: ReadonlySignal<ReportScope | null>;
}

/** Stands for all sessions in the place of a session's id. */
export const ALL_SESSIONS = 'all';

/** Makes that choice over what is recorded; `newest` is a part of it that is shown before the whole is read. */
export function createReportSource(
  records: ReadonlySignal<ReportRecords | null>,
  newest: ReadonlySignal<ReportRecords | null>,
  clock: Clock,
  allSessionsName: string,
): ReportSource {
  const chosen = signal<string | null>(null);
  const files = signal<readonly OpenedFile[]>([]);
  const showsFiles = signal(false);
  const filesAt = signal<number | null>(null);

  const showsAll = computed(() => chosen.value === ALL_SESSIONS);
  const session = computed(() => {
    if (showsAll.value) return undefined;
    const { sessions = [] } = records.value ?? newest.value ?? {};
    return sessions.find((s) => s.id === chosen.value) ?? sessions.at(-1);
  });
  const loginCounts = computed(() => {
    const logins = records.value?.loginsOf ?? new Map<string, ReadonlySet<string>>();
    return new Map([...logins].map(([id, ids]) => [id, ids.size]));
  });
  const merged = computed(() => {
    const [first, ...more] = files.value.map((f) => f.imported);
    // One file was judged where it was read: a large one is not judged here once more.
    return first && more.length ? mergeReports([first, ...more]) : (first ?? null);
  });
  const at = computed(() =>
    showsFiles.value ? (filesAt.value ?? clock.now.value) : clock.now.value,
  );
  // Files are replayed once for "now", and again only for an instant that someone chose.
  const filesScope = computed(() =>
    merged.value ? importedScope(merged.value, filesAt.value) : null,
  );
  const chosenScope = computed(() => {
    if (showsFiles.value) return filesScope.value;
    if (records.value) return liveScope(records.value, showsAll.value ? null : session.value);
    return newest.value && liveScope(newest.value, session.value, true);
  });
  const shownSession = computed(() => {
    if (showsFiles.value) return merged.value?.report.session;
    const sessions = records.value?.sessions ?? [];
    if (showsAll.value) return allSessions(sessions, allSessionsName);
    return session.value;
  });
  return {
    chosen,
    loginCounts,
    showsAll,
    session,
    shownSession,
    files,
    showsFiles,
    filesAt,
    merged,
    at,
    chosenScope,
  };
}
