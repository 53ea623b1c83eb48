import type { Ref } from 'preact';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import type { SortKey } from './sort-rows.ts';

const COLUMNS = [
  ['verdict', 'report.verdict'],
  ['site', 'report.site'],
  ['app', 'report.app'],
  ['account', 'report.account'],
  ['kind', 'report.kind'],
  ['visibility', 'report.seen'],
  ['loggedIn', 'report.loggedInAt'],
  ['deadline', 'report.deadline'],
] as const satisfies readonly (readonly [SortKey, string])[];

/** The table's first row, with the titles of its columns. */
export function TableHeader({ headerRef }: { headerRef: Ref<HTMLDivElement> }) {
  return (
    <div role="rowgroup" class="grid-head" ref={headerRef}>
      <div role="row" aria-rowindex={1} class="grid-row">
        {COLUMNS.map(([by, title]) => (
          <ColumnTitle key={by} by={by} title={t(title)} />
        ))}
      </div>
    </div>
  );
}

/** A column's title, which sorts by it; a second click turns the order round. */
function ColumnTitle({ by, title }: { by: SortKey; title: string }) {
  const { sort } = useReport();
  const { down } = sort.value;
  const isSorted = sort.value.by === by;
  const order = !isSorted ? 'none' : down ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={order}>
      <button
        type="button"
        class="sort"
        data-sort={by}
        onClick={() => (sort.value = { by, down: isSorted && !down })}
      >
        {title}
        <span aria-hidden="true">{isSorted ? (down ? ' ▾' : ' ▴') : ''}</span>
      </button>
    </div>
  );
}
