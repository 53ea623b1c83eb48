import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { maskKey, siteName } from '../shared/mask-for-screen.ts';
import { useTimes } from '../popup/popup-context.ts';
import type { PlainKey } from '../../utils/i18n/message.ts';
import { messageKey } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';
import { VerdictBadge } from '../shared/verdict-badge.tsx';
import { accountName } from './account-name.ts';
import type { Row, SortKey } from './filter.ts';
import { kindWord } from './kind-word.ts';
import { useReport } from './report-context.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

const COLUMNS: readonly [SortKey, PlainKey][] = [
  ['verdict', 'report.verdict'],
  ['site', 'report.site'],
  ['app', 'report.app'],
  ['account', 'report.account'],
  ['kind', 'report.kind'],
  ['visibility', 'report.seen'],
  ['loggedIn', 'report.loggedInAt'],
  ['deadline', 'report.deadline'],
];

/** The logins that pass the filter; of a long list only the rows in sight are in the document. */
export function LoginTable() {
  const state = useReport();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = state.shown.value;
  const active = useSignal(0);
  const at = Math.min(active.value, rows.length - 1);
  const head = useRef<HTMLDivElement>(null);
  const headHeight = head.current?.offsetHeight ?? 0;
  // Another function each time would have every row laid out anew with every key and every scroll.
  const keyOf = useMemo(() => (i: number) => rows[i]?.id ?? String(i), [rows]);
  const virtual = useVirtualRows(rows.length, scroller, keyOf, headHeight);
  useEffect(() => {
    active.value = 0;
    virtual.scrollToOffset(0);
  }, [state.filter.value, state.sort.value]);

  const go = (to: number) => {
    active.value = Math.max(0, Math.min(rows.length - 1, to));
    virtual.scrollToIndex(active.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = 10;
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    const row = rows[at];
    if (to !== undefined) go(to);
    else if (event.key === 'Enter' && row) choose(row, event.shiftKey);
    else if (event.key === ' ' && row) choose(row, true);
    else return;
    event.preventDefault();
  };
  const choose = (row: Row, second: boolean) => {
    if (second && state.selected.value && state.selected.value !== row.id)
      state.beside.value = state.beside.value === row.id ? null : row.id;
    else {
      state.selected.value = row.id;
      state.beside.value = null;
    }
  };
  const items = virtual.getVirtualItems();
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
        aria-activedescendant={items.some((i) => i.index === at) ? `row-${at}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" class="grid-head" ref={head}>
          <div role="row" aria-rowindex={1} class="grid-row">
            {COLUMNS.map(([by, title]) => (
              <SortHead key={by} by={by} title={t(title)} />
            ))}
          </div>
        </div>
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
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid takes the keys
                <div
                  key={key as string}
                  id={`row-${index}`}
                  role="row"
                  class="grid-row"
                  data-index={index}
                  data-row={row.id}
                  data-verdict={row.judged.verdict.verdict}
                  data-active={index === at}
                  aria-rowindex={index + 2}
                  aria-selected={state.selected.value === row.id || state.beside.value === row.id}
                  ref={(e) => virtual.measureElement(e)}
                  style={{ transform: `translateY(${start - headHeight}px)` }}
                  onClick={(event) => {
                    active.value = index;
                    choose(row, event.shiftKey || event.ctrlKey || event.metaKey);
                  }}
                >
                  <Cells row={row} />
                </div>
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

/** A column's title, which sorts by it. */
function SortHead({ by, title }: { by: SortKey; title: string }) {
  const { sort } = useReport();
  const on = sort.value.by === by;
  const order = !on ? 'none' : sort.value.down ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={order}>
      <button
        type="button"
        class="sort"
        data-sort={by}
        onClick={() => (sort.value = { by, down: on && !sort.value.down })}
      >
        {title}
        <span aria-hidden="true">{on ? (sort.value.down ? ' ▾' : ' ▴') : ''}</span>
      </button>
    </div>
  );
}

function Cells({ row }: { row: Row }) {
  const times = useTimes();
  const { login, verdict } = row.judged;
  const cells = [
    <VerdictBadge key="v" verdict={verdict} />,
    <span key="s" class="site-name">
      {login.site ? siteName(login.site) : t('report.noSite')}
    </span>,
    <code key="a">{maskKey(login.clientId)}</code>,
    accountName(row.judged),
    kindWord(login.kind),
    t(messageKey('visibility', verdict.visibility)),
    times.moment(login.loggedInAt),
    times.moment(verdict.deadline),
  ];
  return (
    <>
      {cells.map((cell, i) => (
        <div key={i} role="gridcell">
          {cell}
        </div>
      ))}
    </>
  );
}
