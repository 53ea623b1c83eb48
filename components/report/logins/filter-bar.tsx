import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { dimensionWord } from './dimension-word.ts';
import { isActive, NO_FILTER, type Filter } from './filter-rows.ts';
import { DIMENSIONS } from './login-row.ts';
import { SavedFilters } from './saved-filters.tsx';

const TITLES = {
  verdict: 'report.verdict',
  site: 'report.site',
  app: 'report.app',
  kind: 'report.kind',
  visibility: 'report.seen',
} as const;

/** Search and filters over the logins; `/` goes to the search from anywhere. */
export function FilterBar() {
  const state = useReport();
  const search = useRef<HTMLInputElement>(null);
  const { value: filter } = state.filter;
  useSearchKey(search);
  const set = (change: Partial<Filter>) => (state.filter.value = { ...filter, ...change });
  return (
    <div class="row filters" role="search">
      <label>
        {t('report_page.search')} <kbd>/</kbd>{' '}
        <input
          ref={search}
          type="search"
          data-field="search"
          aria-keyshortcuts="/"
          value={filter.text}
          onInput={(event) => set({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') set({ text: '' });
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              document.querySelector<HTMLElement>('[role="grid"]')?.focus();
            }
          }}
        />
      </label>
      {DIMENSIONS.map((by) => (
        <label key={by}>
          {t(TITLES[by])}{' '}
          <select
            data-filter={by}
            value={filter[by]}
            onChange={(event) => set({ [by]: event.currentTarget.value })}
          >
            <option value="">{t('report_page.all')}</option>
            {state.made.value.choices[by].map((value) => (
              <option key={value} value={value}>
                {dimensionWord(by, value)}
              </option>
            ))}
          </select>
        </label>
      ))}
      {isActive(filter) && (
        <Button action="clear-filter" onClick={() => (state.filter.value = NO_FILTER)}>
          {t('report_page.clearFilter')}
        </Button>
      )}
      <SavedFilters />
    </div>
  );
}

/** Lets `/` go to a search field from anywhere but another field. */
function useSearchKey(search: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const typing =
        target instanceof Element && target.closest('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
