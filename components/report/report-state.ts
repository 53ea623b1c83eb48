import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Message } from '../../utils/i18n/message.ts';
import type { Problem } from '../../utils/model/health.ts';
import { createClock } from '../shared/clock.ts';
import { createCommandSender, type SendCommand } from '../shared/command-sender.ts';
import { reportRequestOf, type ReportRequest, type WriteOptions } from './export/report-request.ts';
import type { RowWords } from './logins/login-row.ts';
import { createTable, type TableState } from './logins/table-state.ts';
import { createOverview, type OverviewState } from './overview-state.ts';
import { createRecords } from './records-state.ts';
import type { ReportPorts } from './report-ports.ts';
import { createReportSource, type ReportRecords, type ReportSource } from './report-source.ts';
import { createSelection, type Selection } from './selection.ts';
import { createWantedLogin } from './wanted-login.ts';

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
  writeRequest(options: WriteOptions): ReportRequest | null;
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
  const notice = signal<Message | null>(null);
  const { records, newest, failure, reload } = createRecords(ports, clock);
  const source = createReportSource(ports, records, newest, clock, words.allSessions);
  const table = createTable(source.chosenScope, source.at, words);
  const overview = createOverview(ports, source, records);
  const selection = createSelection();
  const { filter } = table;
  const wanted = createWantedLogin(records, { source, filter, select: selection.select, notice });

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
    writeRequest: (options) => reportRequestOf(ports, source, table, options),
    openLogin: wanted.openLogin,
    start() {
      const ends = [
        source.followFiles(),
        table.followScope(),
        overview.followOverview(),
        wanted.followWanted(),
        clock.start(),
        ports.onChange(() => void reload()),
      ];
      void reload();
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
