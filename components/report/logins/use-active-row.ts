import { useSignal } from '@preact/signals';
import type { Virtualizer } from '@tanstack/virtual-core';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { rowAfterKey } from '../../shared/row-keys.ts';
import { useReport } from '../report-context.ts';
import type { LoginRow } from './login-row.ts';

/** The row of the table that keys act on. */
export interface ActiveRow {
  /** Its place among the rows; -1 where there are none. */
  index: number;
  /** Makes the row at an index the active one. */
  activate(index: number): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** Keeps one of the rows that are shown active, and in sight. */
export function useActiveRow(
  rows: readonly LoginRow[],
  virtual: Virtualizer<HTMLElement, HTMLElement>,
): ActiveRow {
  const state = useReport();
  const active = useSignal(0);
  const index = Math.min(active.value, rows.length - 1);
  // At once: a key that is pressed as soon as the rows are seen must not be undone.
  useLayoutEffect(() => {
    active.value = 0;
    virtual.scrollToOffset(0);
  }, [state.filter.value, state.sort.value]);
  // A login that opens or closes beside the table changes its width, and so the height of the rows. Where the active row
  // is then is known a frame after they are painted.
  const isBeside = state.selected.value !== null;
  useEffect(() => {
    const frame = requestAnimationFrame(() => virtual.scrollToIndex(index));
    return () => cancelAnimationFrame(frame);
  }, [isBeside]);

  return {
    index,
    activate(at) {
      active.value = at;
    },
    onKeyDown(event) {
      const target = rowAfterKey(event.key, index, rows.length);
      const row = rows[index];
      if (target !== undefined) {
        active.value = Math.max(0, Math.min(rows.length - 1, target));
        virtual.scrollToIndex(active.value);
      } else if (event.key === 'Enter' && row && !event.shiftKey) state.select(row.id);
      else if ((event.key === 'Enter' || event.key === ' ') && row) state.compare(row.id);
      else return;
      event.preventDefault();
    },
  };
}
