import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { WriteRequest } from '../../utils/report/write-request.ts';
import type { ImportedFile } from '../../utils/report/import/reevaluate.ts';
import { mergeReports } from '../../utils/report/merge/merge-reports.ts';
import type { Command } from '../../utils/model/command.ts';
import type { Problem } from '../../utils/model/health.ts';
import type { Session } from '../../utils/model/session.ts';
import type { Records } from '../../utils/store/read-records.ts';
import { createClock, type Clock } from '../shared/clock-state.ts';
import { coalesce } from '../shared/coalesce.ts';
import { judgeLogins, type JudgedLogin } from '../shared/login-rows.ts';
import type { ReportPorts } from './report-ports.ts';
import { messageKey, type Message } from '../../utils/i18n/message.ts';
import {
  choicesOf,
  filtered,
  NO_FILTER,
  rowsOf,
  sorted,
  type Dimension,
  type Filter,
  type Row,
  type Sort,
} from './filter.ts';
import { importedScope, liveScope, type Scope } from './scope.ts';

/** A file that was read. */
interface ReadIn {
  name: string;
  imported: ImportedFile;
}

interface ExportAsked {
  /** Only what the filter lets pass. */
  shownOnly: boolean;
  wholeClientIds: boolean;
}

export interface ReportState {
  ports: ReportPorts;
  clock: Clock;
  records: ReadonlySignal<Records | null>;
  failure: ReadonlySignal<Problem | null>;
  /** The session chosen; null: the latest. */
  chosen: Signal<string | null>;
  session: ReadonlySignal<Session | undefined>;
  files: Signal<readonly ReadIn[]>;
  /** Whether the files are shown instead of the live database. */
  showsFiles: Signal<boolean>;
  /** Instant at which files are judged, epoch ms; null: now. */
  filesAt: Signal<number | null>;
  merged: ReadonlySignal<ImportedFile | null>;
  at: ReadonlySignal<number>;
  scope: ReadonlySignal<Scope | null>;
  rows: ReadonlySignal<Row[]>;
  filter: Signal<Filter>;
  sort: Signal<Sort>;
  shown: ReadonlySignal<Row[]>;
  /** What there is to filter by. */
  choices: ReadonlySignal<Record<Dimension, string[]>>;
  /** Ids of the login looked at, and of the one beside it. */
  selected: Signal<string | null>;
  beside: Signal<string | null>;
  notice: Signal<Message | null>;
  send(command: Command): Promise<boolean>;
  /** What is to be written where a report is asked for; null where there is nothing to report. */
  toWrite(asked: ExportAsked): Omit<WriteRequest, 'format' | 'language'> | null;
  start(): () => void;
}

interface Words {
  verdict(name: string): string;
  account(judged: JudgedLogin): string;
}

/** How often verdicts are looked at again where nothing was stored, in ms. */
const BEAT = 10_000;

/** The report page's state over its ports. */
export function createReportState(ports: ReportPorts, words: Words): ReportState {
  const clock = createClock(ports.now, BEAT);
  const records = signal<Records | null>(null);
  const failure = signal<Problem | null>(null);
  const chosen = signal<string | null>(null);
  const files = signal<readonly ReadIn[]>([]);
  const showsFiles = signal(false);
  const filesAt = signal<number | null>(null);
  const filter = signal(NO_FILTER);
  const sort = signal<Sort>({ by: 'verdict', down: false });
  const notice = signal<Message | null>(null);

  const session = computed(() => {
    const all = records.value?.sessions ?? [];
    return all.find((s) => s.id === chosen.value) ?? all.at(-1);
  });
  const merged = computed(() => {
    const [first, ...more] = files.value.map((f) => f.imported);
    // One file was judged where it was read: a large one is not judged here once more.
    return first && more.length ? mergeReports([first, ...more]) : (first ?? null);
  });
  const at = computed(() =>
    showsFiles.value ? (filesAt.value ?? clock.now.value) : clock.now.value,
  );
  // Files are folded once for "now", and again only for an instant that someone chose.
  const filesScope = computed(() =>
    merged.value ? importedScope(merged.value, filesAt.value ?? Infinity) : null,
  );
  const scope = computed(() => {
    if (showsFiles.value) return filesScope.value;
    return records.value && liveScope(records.value, session.value);
  });
  const rows = computed(() => {
    if (!scope.value) return [];
    const { logins, loginState } = scope.value;
    return rowsOf(judgeLogins(logins, loginState.apps, at.value), words.verdict, words.account);
  });
  // In order before they are filtered: each key of a search then only filters.
  const ordered = computed(() => sorted(rows.value, sort.value));
  const shown = computed(() => filtered(ordered.value, filter.value));
  const choices = computed(() => choicesOf(rows.value));

  const reload = coalesce(async () => {
    try {
      const read = await ports.load();
      batch(() => {
        failure.value = null;
        clock.sync();
        records.value = read;
      });
    } catch (error) {
      failure.value = (error as { problem?: Problem } | null)?.problem ?? 'db-failed';
    }
  });

  return {
    ports,
    clock,
    records,
    failure,
    chosen,
    session,
    files,
    showsFiles,
    filesAt,
    merged,
    at,
    scope,
    rows,
    filter,
    sort,
    shown,
    choices,
    selected: signal(null),
    beside: signal(null),
    notice,
    async send(command) {
      notice.value = null;
      try {
        const result = await ports.send(command);
        if (!result.ok) notice.value = [messageKey('problem', result.problem)];
        return result.ok;
      } catch {
        notice.value = ['banner.failed'];
        return false;
      } finally {
        await reload();
      }
    },
    toWrite({ shownOnly, wholeClientIds }) {
      const from = showsFiles.value ? importedOf(merged.value) : sessionOf(session.value);
      return (
        from && {
          from,
          generator: ports.generator,
          judgedAt: at.value,
          writtenAt: ports.now(),
          only: shownOnly ? shown.value.map((row) => row.id) : null,
          wholeClientIds,
        }
      );
    },
    start() {
      const stopClock = clock.start();
      const stopListening = ports.onChange(() => void reload());
      void reload();
      return () => {
        stopClock();
        stopListening();
      };
    },
  };
}

const sessionOf = (session: Session | undefined) => (session ? { session: session.id } : null);

function importedOf(merged: ImportedFile | null) {
  if (!merged) return null;
  const { loginState: _ledger, ...imported } = merged;
  return { imported };
}
