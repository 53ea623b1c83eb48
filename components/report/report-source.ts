import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Session } from '../../utils/model/session.ts';
import type { Report } from '../../utils/report/document.ts';
import type { ImportedFile } from '../../utils/report/import/reevaluate.ts';
import { mergeReports } from '../../utils/report/merge/merge-reports.ts';
import type { Records } from '../../utils/store/read-records.ts';
import type { Clock } from '../shared/clock.ts';
import { importedScope, liveScope, type ReportScope } from './report-scope.ts';

/** A file that was read. */
interface OpenedFile {
  name: string;
  imported: ImportedFile;
}

/** What the page shows: a session of the live database, or files. */
export interface ReportSource {
  /** The id of the session chosen; null: the latest. */
  chosen: Signal<string | null>;
  session: ReadonlySignal<Session | undefined>;
  files: Signal<readonly OpenedFile[]>;
  /** Whether the files are shown instead of the live database. */
  showsFiles: Signal<boolean>;
  /** Instant at which files are judged, epoch ms; null: now. */
  filesAt: Signal<number | null>;
  /** All files as one; null where none was read. */
  merged: ReadonlySignal<ImportedFile | null>;
  /** Instant at which everything is judged, epoch ms. */
  at: ReadonlySignal<number>;
  /** The session that is shown, be it recorded or of files. */
  shownSession: ReadonlySignal<Report['session'] | Session | undefined>;
  /** Null until there is something to show. */
  scope: ReadonlySignal<ReportScope | null>;
}

/** Makes that choice over what is recorded. */
export function createReportSource(
  records: ReadonlySignal<Records | null>,
  clock: Clock,
): ReportSource {
  const chosen = signal<string | null>(null);
  const files = signal<readonly OpenedFile[]>([]);
  const showsFiles = signal(false);
  const filesAt = signal<number | null>(null);

  const session = computed(() => {
    const sessions = records.value?.sessions ?? [];
    return sessions.find((s) => s.id === chosen.value) ?? sessions.at(-1);
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
  const scope = computed(() => {
    if (showsFiles.value) return filesScope.value;
    return records.value && liveScope(records.value, session.value);
  });
  const shownSession = computed(() =>
    showsFiles.value ? merged.value?.report.session : session.value,
  );
  return { chosen, session, shownSession, files, showsFiles, filesAt, merged, at, scope };
}
