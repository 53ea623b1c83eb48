import { batch, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Message } from '../../utils/i18n/message.ts';
import { NO_FILTER } from './logins/filter-rows.ts';
import type { TableState } from './logins/table-state.ts';
import { ALL_SESSIONS, type ReportRecords, type ReportSource } from './report-source.ts';
import type { Selection } from './selection.ts';

/** What changes where a login is to be shown. */
interface Shown {
  source: Pick<ReportSource, 'chosen' | 'showsFiles'>;
  filter: TableState['filter'];
  select: Selection['select'];
  notice: Signal<Message | null>;
}

/** A login that a card of the popup asked for. */
interface WantedLogin {
  /** Shows a login that is recorded, in the session that saw it; tells where it is no longer there. */
  openLogin(id: string): void;
  /** Shows it once all is read; returns what ends that. */
  followWanted(): () => void;
}

/** Makes that over what is recorded; no login is wanted yet. */
export function createWantedLogin(
  records: ReadonlySignal<ReportRecords | null>,
  { source, filter, select, notice }: Shown,
): WantedLogin {
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
      filter.value = NO_FILTER;
      select(id);
    });
  };
  return {
    openLogin(id) {
      wanted.value = id;
    },
    followWanted: () => effect(showWanted),
  };
}
