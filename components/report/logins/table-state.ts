import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { atOnce } from '../../../utils/model/slices.ts';
import type { ReportScope } from '../../../utils/report/report-scope.ts';
import { handOn } from '../in-slices.ts';
import { filterRows, NO_FILTER, type Filter } from './filter-rows.ts';
import type { LoginRow, RowWords } from './login-row.ts';
import { makeRows, type MadeRows, type RowsBefore } from './make-rows.ts';
import { sortRows, type Sort } from './sort-rows.ts';

/** The rows of the table of logins, and what they were made of. */
export interface TableState {
  /** What the rows show: of many logins a little behind what was chosen. Null until there is something. */
  scope: ReadonlySignal<ReportScope | null>;
  /** One a login, in no order. */
  rows: ReadonlySignal<LoginRow[]>;
  filter: Signal<Filter>;
  sort: Signal<Sort>;
  /** The rows that pass the filter, in order. */
  shown: ReadonlySignal<LoginRow[]>;
  /** Those of what was chosen, in no order: made at once where the rows are still behind. */
  shownOfChosen(): readonly LoginRow[];
  /** What is known of all rows. */
  made: ReadonlySignal<MadeRows>;
  /** Makes the rows, and anew whenever what they are made of changes; returns what ends that. */
  followScope(): () => void;
}

/** Rows of more logins than this are made in slices. */
const MANY = 500;

/** Makes that state for the logins of the scope that was chosen, judged at an instant (epoch ms). */
export function createTable(
  chosen: ReadonlySignal<ReportScope | null>,
  at: ReadonlySignal<number>,
  words: RowWords,
): TableState {
  const filter = signal(NO_FILTER);
  const sort = signal<Sort>({ by: 'verdict', down: false });
  const before: RowsBefore = new WeakMap();
  const rowsOf = (scope: ReportScope | null, now: number) =>
    makeRows(scope, now, words, sort.peek(), before);
  const made = signal(atOnce(rowsOf(null, 0)));
  const scope = computed(() => made.value.scope);
  const rows = computed(() => made.value.rows);
  // Sorted before they are filtered, so that each key of a search only filters.
  const sorted = computed(() =>
    made.value.sort === sort.value ? made.value.sorted : sortRows(rows.value, sort.value),
  );
  const shown = computed(() => filterRows(sorted.value, filter.value));
  return {
    scope,
    rows,
    filter,
    sort,
    shown,
    shownOfChosen() {
      if (scope.value === chosen.value) return shown.value;
      return filterRows(atOnce(rowsOf(chosen.value, at.value)).rows, filter.value);
    },
    made,
    followScope() {
      let making: ReportScope | null = null;
      let giveUp = () => {};
      const end = effect(() => {
        const next = chosen.value;
        const now = at.value;
        // Where a tick began them anew, a busy machine would never be done; the next tick judges again.
        if (next && next === making) return;
        giveUp();
        making = next;
        const isMuch = (next?.logins.length ?? 0) > MANY;
        giveUp = handOn(rowsOf(next, now), isMuch, (done) => {
          making = null;
          made.value = done;
        });
      });
      return () => {
        end();
        giveUp();
      };
    },
  };
}
