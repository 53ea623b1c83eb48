import { useEffect } from 'preact/hooks';
import { rowAfterKey } from '../shared/row-keys.ts';
import { t } from '../shared/text.ts';
import { LoginLine } from './login-line.tsx';
import { usePanel } from './panel-context.ts';
import { RequestLine } from './request-line.tsx';

const elementId = (index: number) => `row-${index}`;

/** The logins of the tab, each with its steps and calls below it. The keyboard moves as in the Network panel. */
export function PanelList() {
  const state = usePanel();
  const rows = state.rows.value;
  const opened = state.opened.value?.key ?? null;
  const at = rows.findIndex((row) => row.key === state.active.value);
  useEffect(() => {
    document.getElementById(elementId(at))?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = rowAfterKey(event.key, at, rows.length);
    const row = rows[at];
    if (target !== undefined) {
      const next = rows[Math.max(0, Math.min(rows.length - 1, target))];
      if (!next) return;
      // Details that are open follow the selection.
      if (opened === null) state.active.value = next.key;
      else state.open(next.key);
    } else if ((event.key === 'Enter' || event.key === ' ') && row) state.open(row.key);
    else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent) => {
    const option = event.target instanceof Element && event.target.closest('[role="option"]');
    const row = option && rows.find((_, index) => elementId(index) === option.id);
    if (row) state.open(row.key);
  };

  return (
    <div
      class="rows"
      id="rows"
      role="listbox"
      tabIndex={0}
      aria-label={t('devtools.title')}
      aria-describedby="panel-keys"
      aria-activedescendant={at >= 0 ? elementId(at) : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {rows.map((row, index) => (
        <div
          key={row.key}
          id={elementId(index)}
          role="option"
          tabIndex={-1}
          class={`row-${row.kind}`}
          aria-selected={index === at}
          data-row={row.kind}
          data-opened={row.key === opened || undefined}
        >
          {row.kind === 'login' ? <LoginLine row={row} /> : <RequestLine row={row} />}
        </div>
      ))}
    </div>
  );
}
