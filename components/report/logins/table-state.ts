import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { judgeLogins } from '../../shared/judged-login.ts';
import type { ReportScope } from '../report-scope.ts';
import { filterChoices, filterRows, NO_FILTER, type Filter } from './filter-rows.ts';
import { createRows, type Dimension, type LoginRow, type RowWords } from './login-row.ts';
import { sortRows, type Sort } from './sort-rows.ts';

/** The rows of the table of logins. */
export interface TableState {
  /** One a login, in no order. */
  rows: ReadonlySignal<LoginRow[]>;
  filter: Signal<Filter>;
  sort: Signal<Sort>;
  /** The rows that pass the filter, in order. */
  shown: ReadonlySignal<LoginRow[]>;
  /** What there is to filter by. */
  choices: ReadonlySignal<Record<Dimension, string[]>>;
}

/** Makes that state for the logins of a scope, judged at an instant (epoch ms). */
export function createTable(
  scope: ReadonlySignal<ReportScope | null>,
  at: ReadonlySignal<number>,
  words: RowWords,
): TableState {
  const filter = signal(NO_FILTER);
  const sort = signal<Sort>({ by: 'verdict', down: false });
  const rows = computed(() => {
    if (!scope.value) return [];
    const { logins, loginState } = scope.value;
    return createRows(judgeLogins(logins, loginState.apps, at.value), words);
  });
  // Sorted before they are filtered, so that each key of a search only filters.
  const sorted = computed(() => sortRows(rows.value, sort.value));
  return {
    rows,
    filter,
    sort,
    shown: computed(() => filterRows(sorted.value, filter.value)),
    choices: computed(() => filterChoices(rows.value)),
  };
}
