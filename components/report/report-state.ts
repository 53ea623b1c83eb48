import { batch, computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Problem } from '../../utils/model/health.ts';
import type { WriteRequest } from '../../utils/report/write-request.ts';
import { loginsBySessionInSlices } from '../../utils/report/session-report.ts';
import type { Records } from '../../utils/store/read-records.ts';
import { createClock } from '../shared/clock.ts';
import { coalesce } from '../shared/coalesce.ts';
import { createCommandSender, type SendCommand } from '../shared/command-sender.ts';
import type { Message } from '../../utils/i18n/message.ts';
import { storeProblemOf } from '../shared/store-problem.ts';
import type { RowWords } from './logins/login-row.ts';
import { inSlices } from './in-slices.ts';
import { NO_FILTER } from './logins/filter-rows.ts';
import { createTable, type TableState } from './logins/table-state.ts';
import { createOverview, type OverviewState } from './overview-state.ts';
import type { ReportPorts } from './report-ports.ts';
import {
  ALL_SESSIONS,
  createReportSource,
  type ReportRecords,
  type ReportSource,
} from './report-source.ts';
import { createSelection, type Selection } from './selection.ts';

interface WriteOptions {
  /** Write only what the filter lets pass. */
  shownOnly: boolean;
  wholeClientIds: boolean;
  /** Write this login alone, by its id. */
  login?: string;
}

/** Everything the report page's components read and call. */
export interface ReportState extends ReportSource, TableState, OverviewState, Selection {
  ports: ReportPorts;
  /** Null until the first reading is done. */
  records: ReadonlySignal<ReportRecords | null>;
  /** Whether what is shown is whole: of much the newest shows before the rest is read. */
  isWhole: ReadonlySignal<boolean>;
  /** Why the database could not be read, or null. */
  failure: ReadonlySignal<Problem | null>;
  /** Something to tell after a click, until it is closed. */
  notice: Signal<Message | null>;
  send: SendCommand;
  /** Copies a text and tells whether that went well. */
  copy(text: string): Promise<void>;
  /** Returns what a report is written from; null where there is nothing to report. */
  writeRequest(options: WriteOptions): Omit<WriteRequest, 'format' | 'language'> | null;
  /** Shows a login that is recorded, in the session that saw it; tells where it is no longer there. */
  openLogin(id: string): void;
  /** Reads and listens; returns what ends it. */
  start(): () => void;
}

/** What the state itself puts into words, in the page's language. */
interface ReportWords extends RowWords {
  /** The name of all sessions as one. */
  allSessions: string;
}

/** How often verdicts are looked at again where nothing was stored, in ms. */
const JUDGE_EVERY_MS = 10_000;

/** Makes the report page's state over its ports. */
export function createReportState(ports: ReportPorts, words: ReportWords): ReportState {
  const clock = createClock(ports.now, JUDGE_EVERY_MS);
  const records = signal<ReportRecords | null>(null);
  const newest = signal<ReportRecords | null>(null);
  const failure = signal<Problem | null>(null);
  const notice = signal<Message | null>(null);
  const source = createReportSource(ports, records, newest, clock, words.allSessions);
  const table = createTable(source.chosenScope, source.at, words);
  const overview = createOverview(ports, source, records);

  const reload = coalesce(async () => {
    try {
      if (!records.value) newest.value = await withLogins(await ports.loadNewest());
      const read = await withLogins(await ports.load());
      batch(() => {
        failure.value = null;
        clock.sync();
        records.value = read;
        newest.value = null;
      });
    } catch (error) {
      batch(() => {
        failure.value = storeProblemOf(error);
        newest.value = null;
      });
    }
  });

  const selection = createSelection();
  const wanted = signal<string | null>(null);
  const showWanted = () => {
    const id = wanted.value;
    if (id === null || !records.value) return;
    const { loginState, rows, sessions } = records.value;
    const seenIn = rows.find((row) => row.id === id)?.session;
    batch(() => {
      wanted.value = null;
      if (!loginState.logins.has(id)) {
        notice.value = ['report_page.noLogin'];
        return;
      }
      source.showsFiles.value = false;
      source.chosen.value = sessions.some((s) => s.id === seenIn) ? (seenIn ?? null) : ALL_SESSIONS;
      table.filter.value = NO_FILTER;
      selection.select(id, false);
    });
  };

  return {
    ports,
    records,
    isWhole: computed(() => table.scope.value?.isPart === false),
    failure,
    ...source,
    ...table,
    ...overview,
    ...selection,
    notice,
    send: createCommandSender({ send: ports.send, notice, reload }),
    async copy(text) {
      try {
        await ports.copy(text);
        notice.value = ['report_page.copied'];
      } catch {
        notice.value = ['banner.failedAction'];
      }
    },
    writeRequest({ shownOnly, wholeClientIds, login }) {
      const shown = () => table.shownOfChosen().map((row) => row.id);
      const from = writtenFrom(source);
      return (
        from && {
          from,
          generator: ports.generator,
          judgedAt: source.at.value,
          nothingFollowed: source.showsFiles.value && source.filesAt.value !== null,
          writtenAt: ports.now(),
          only: login !== undefined ? [login] : shownOnly ? shown() : null,
          wholeClientIds,
          withoutTestPlan: login !== undefined,
        }
      );
    },
    openLogin(id) {
      wanted.value = id;
    },
    start() {
      const stopFiles = source.followFiles();
      const stopFollowing = table.followScope();
      const stopOverview = overview.followOverview();
      const stopWanting = effect(showWanted);
      const stopClock = clock.start();
      const stopListening = ports.onChange(() => void reload());
      void reload();
      return () => {
        stopFiles();
        stopFollowing();
        stopOverview();
        stopWanting();
        stopClock();
        stopListening();
      };
    },
  };
}

/** Finds the logins of each session, in slices; null where nothing was read. */
async function withLogins(read: Records | null): Promise<ReportRecords | null> {
  if (!read) return null;
  const { loginState, sessions, rows } = read;
  const work = loginsBySessionInSlices(loginState, sessions, rows);
  const found = await inSlices(work);
  return found && { ...read, loginsOf: found.value };
}

/** Returns what is handed to the writer of reports: a session's id (null: all), or the files without what they were replayed to. */
function writtenFrom({
  showsFiles,
  merged,
  session,
  showsAll,
}: ReportSource): WriteRequest['from'] | null {
  if (!showsFiles.value && showsAll.value) return { session: null };
  if (!showsFiles.value) return session.value ? { session: session.value.id } : null;
  if (!merged.value) return null;
  const { replayed: _replayed, ...imported } = merged.value;
  return { imported };
}
