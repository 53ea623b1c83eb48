import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import type { LoginRow } from './login-row.ts';
import { TableHeader } from './table-header.tsx';
import { rowAfterKey } from '../../shared/row-keys.ts';
import { rowElementId, TableRow } from './table-row.tsx';
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
  const active = useSignal(0);
  const activeIndex = Math.min(active.value, rows.length - 1);
  // At once: a key that is pressed as soon as the rows are seen must not be undone.
  useLayoutEffect(() => {
    active.value = 0;
    virtual.scrollToOffset(0);
  }, [state.filter.value, state.sort.value]);
  // A login that opens or closes beside the table changes its width, and so the height of the rows. Where the active row
  // is then is known a frame after they are painted.
  const isBeside = state.selected.value !== null;
  useEffect(() => {
    const frame = requestAnimationFrame(() => virtual.scrollToIndex(activeIndex));
    return () => cancelAnimationFrame(frame);
  }, [isBeside]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = rowAfterKey(event.key, activeIndex, rows.length);
    const row = rows[activeIndex];
    if (target !== undefined) {
      active.value = Math.max(0, Math.min(rows.length - 1, target));
      virtual.scrollToIndex(active.value);
    } else if (event.key === 'Enter' && row) state.select(row.id, event.shiftKey);
    else if (event.key === ' ' && row) state.select(row.id, true);
    else return;
    event.preventDefault();
  };
  const items = virtual.getVirtualItems();
  const isActiveInSight = items.some((i) => i.index === activeIndex);
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
        aria-activedescendant={isActiveInSight ? rowElementId(activeIndex) : undefined}
        onKeyDown={onKeyDown}
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
                  active={index === activeIndex}
                  top={start - headerHeight}
                  measure={(element) => virtual.measureElement(element)}
                  onClick={(event) => {
                    active.value = index;
                    state.select(row.id, event.shiftKey || event.ctrlKey || event.metaKey);
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
