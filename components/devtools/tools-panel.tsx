import { render, type RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { keepFocus } from '../shared/keep-focus.ts';
import { RichText } from '../shared/rich-text.tsx';
import { SendContext } from '../shared/send-context.ts';
import { t } from '../shared/text.ts';
import { TimesContext } from '../shared/times-context.ts';
import { timesIn } from '../shared/times.ts';
import { PanelContext, usePanel } from './panel-context.ts';
import { PanelList } from './panel-list.tsx';
import { PanelMessages } from './panel-messages.tsx';
import type { PanelPorts } from './panel-ports.ts';
import { createPanelState, type PanelState } from './panel-state.ts';
import { RowDetails } from './row-details.tsx';

/** The whole panel, over its state. */
function ToolsPanel({ state }: { state: PanelState }) {
  const { locale } = state.ports;
  const isReady = state.records.value !== null;
  const failure = state.failure.value;
  useEffect(() => {
    if (isReady || failure) document.body.dataset.ready = isReady ? 'true' : 'error';
  }, [isReady, failure]);
  return (
    <PanelContext.Provider value={state}>
      <TimesContext.Provider value={timesIn(locale)}>
        <SendContext.Provider value={state.send}>
          <div class="tools">
            <Toolbar />
            <PanelMessages />
            <main>{state.count.value === 0 ? <Empty /> : <Body />}</main>
          </div>
        </SendContext.Provider>
      </TimesContext.Provider>
    </PanelContext.Provider>
  );
}

/** Keys of the whole panel: `/` and Ctrl+F go to the filter, Escape empties it or closes the details. */
function usePanelKeys(state: PanelState, field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFind = event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey;
      const isSlash = event.key === '/' && document.activeElement !== field.current;
      if (isFind || isSlash) {
        event.preventDefault();
        field.current?.select();
      } else if (event.key === 'Escape') leave(event);
    };
    /** Escape closes the details; in the filter it first empties the filter. */
    const leave = (event: KeyboardEvent) => {
      const isFiltering = document.activeElement === field.current && state.filter.value !== '';
      if (!isFiltering && !state.opened.value) return;
      // Firefox and Chrome would open or close their console.
      event.preventDefault();
      event.stopPropagation();
      if (isFiltering) state.filter.value = '';
      else state.close();
      document.getElementById('rows')?.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [state, field]);
}

/** The filter, how many rows it lets pass, and what the keys do. */
function Toolbar() {
  const state = usePanel();
  const field = useRef<HTMLInputElement>(null);
  usePanelKeys(state, field);
  const shown = state.rows.value.length;
  return (
    <header class="tools-bar">
      <h1>{t('devtools.title')}</h1>
      <label>
        <span>{t('devtools.filter')}</span>
        <input
          ref={field}
          type="search"
          data-testid="filter"
          placeholder={t('devtools.filterExample')}
          title={t('devtools.filterHelp')}
          value={state.filter.value}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => (state.filter.value = event.currentTarget.value)}
        />
      </label>
      <span class="quiet" role="status">
        {state.filter.value && t('devtools.shown', [String(shown), String(state.count.value)])}
      </span>
      <span class="keys quiet" id="panel-keys">
        {t('devtools.keys')}
      </span>
    </header>
  );
}

function Body() {
  const { rows, opened } = usePanel();
  return (
    <div class="tools-body" data-split={opened.value ? true : undefined}>
      {rows.value.length > 0 ? <PanelList /> : <p class="quiet">{t('devtools.noMatch')}</p>}
      <RowDetails />
    </div>
  );
}

function Empty() {
  const { records, failure } = usePanel();
  if (!records.value) return failure.value ? null : <p class="quiet">{t('banner.loading')}</p>;
  return (
    <div class="tools-empty">
      <p>
        <b>{t('devtools.empty')}</b>
      </p>
      <p>
        <RichText text={['devtools.emptyNext']} />
      </p>
    </div>
  );
}

/** Puts the panel into a page, and the page into its language. */
export function startToolsPanel(root: Element, ports: PanelPorts): void {
  document.documentElement.lang = t('lang');
  document.title = t('devtools.title');
  keepFocus(root);
  const state = createPanelState(ports);
  state.start();
  render(<ToolsPanel state={state} />, root);
}
