import { useMemo, useRef } from 'preact/hooks';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import type { LoginRow } from './login-row.ts';
import { TableHeader } from './table-header.tsx';
import { rowElementId, TableRow } from './table-row.tsx';
import { useActiveRow } from './use-active-row.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/** The logins that pass the filter; of a long list only the rows in sight are in the document. */
export function LoginTable() {
  const state = useReport();
  const rows = state.shown.value;
  const scroller = useRef<HTMLDivElement>(null);
  const header = useRef<HTMLDivElement>(null);
  const headerHeight = header.current?.offsetHeight ?? 0;
  // The function stays the same while the order of the logins does: a new one would lay out every row again.
  const inOrder = useRef(rows);
  if (!areAlike(inOrder.current, rows)) inOrder.current = rows;
  const { current: ordered } = inOrder;
  const keyOf = useMemo(() => (i: number) => ordered[i]?.id ?? String(i), [ordered]);
  const virtual = useVirtualRows(rows.length, scroller, keyOf, headerHeight);
  const active = useActiveRow(rows, virtual);
  const items = virtual.getVirtualItems();
  const isActiveInSight = items.some((i) => i.index === active.index);
  return (
    <div class="table-box">
      <div
        class="grid"
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={t('report.logins')}
        aria-describedby="table-keys"
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={isActiveInSight ? rowElementId(active.index) : undefined}
        onKeyDown={active.onKeyDown}
      >
        <TableHeader headerRef={header} />
        <div role="rowgroup" class="grid-body">
          <div
            class="grid-space"
            role="presentation"
            style={{ blockSize: `${virtual.getTotalSize()}px` }}
          >
            {items.map(({ index, start, key }) => {
              const row = rows[index];
              if (!row) return null;
              return (
                <TableRow
                  key={String(key)}
                  row={row}
                  index={index}
                  active={index === active.index}
                  top={start - headerHeight}
                  measure={(element) => virtual.measureElement(element)}
                  onClick={(event) => {
                    active.activate(index);
                    if (event.shiftKey || event.ctrlKey || event.metaKey) state.compare(row.id);
                    else state.select(row.id);
                  }}
                />
              );
            })}
          </div>
        </div>
      </div>
      <p class="quiet" id="table-keys">
        {t('report_page.tableKeys')}
      </p>
    </div>
  );
}

/** Whether two lists are of the same logins in the same order. */
const areAlike = (a: readonly LoginRow[], b: readonly LoginRow[]) =>
  a === b || (a.length === b.length && a.every(({ id }, i) => id === b[i]?.id));
