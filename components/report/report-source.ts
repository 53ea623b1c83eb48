import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Session } from '../../utils/model/session.ts';
import type { Report } from '../../utils/report/document.ts';
import { liveScope, type ReportScope } from '../../utils/report/report-scope.ts';
import { allSessions } from '../../utils/report/session-report.ts';
import type { Records } from '../../utils/store/read-records.ts';
import type { Clock } from '../shared/clock.ts';
import { createFiles, type FilesState } from './files-state.ts';
import type { ReportPorts } from './report-ports.ts';

/** What is recorded, with the logins (by id) that each session (by id) is about. */
export interface ReportRecords extends Records {
  loginsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What the page shows: a session of the live database, or files. */
export interface ReportSource extends FilesState {
  /** The id of the session chosen, or `ALL_SESSIONS`; null: the latest. */
  chosen: Signal<string | null>;
  /** How many logins each session (by id) is about. */
  loginCounts: ReadonlySignal<ReadonlyMap<string, number>>;
  /** Whether all sessions are shown as one. */
  showsAll: ReadonlySignal<boolean>;
  /** The one session that is shown; undefined where there is none, or all are shown. */
  session: ReadonlySignal<Session | undefined>;
  /** Instant at which everything is judged, epoch ms. */
  at: ReadonlySignal<number>;
  /** The session that is shown, be it recorded or of files. */
  shownSession: ReadonlySignal<Report['session'] | Session | undefined>;
  /** What is chosen to be shown; null until there is something. */
  chosenScope: ReadonlySignal<ReportScope | null>;
}

/** Stands for all sessions in the place of a session's id. */
export const ALL_SESSIONS = 'all';

/**
 * Makes the choice of what the page shows: a session of `records`, or files. Until `records` are read, `newest` stands in
 * for them.
 */
export function createReportSource(
  ports: Pick<ReportPorts, 'fold'>,
  records: ReadonlySignal<ReportRecords | null>,
  newest: ReadonlySignal<ReportRecords | null>,
  clock: Clock,
  allSessionsName: string,
): ReportSource {
  const chosen = signal<string | null>(null);
  const files = createFiles(ports);
  const { showsFiles, filesAt, merged, filesScope } = files;

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
  const at = computed(() =>
    showsFiles.value ? (filesAt.value ?? clock.now.value) : clock.now.value,
  );
  const chosenScope = computed(() => {
    if (showsFiles.value) return filesScope.value;
    if (records.value) return liveScope(records.value, showsAll.value ? null : session.value);
    return newest.value && liveScope(newest.value, session.value, { isPart: true });
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
    ...files,
    at,
    chosenScope,
  };
}
