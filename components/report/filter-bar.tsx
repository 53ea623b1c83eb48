import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Kind } from '../../utils/model/login.ts';
import { Button } from '../shared/button.tsx';
import { maskKey, siteName } from '../shared/mask-for-screen.ts';
import { messageKey } from '../../utils/i18n/message.ts';
import { t } from '../shared/text.ts';
import { DIMENSIONS, NO_FILTER, type Dimension, type Filter } from './filter.ts';
import { kindWord } from './kind-word.ts';
import { useReport } from './report-context.ts';
import type { VerdictName, Visibility } from '../../utils/model/verdict.ts';

const TITLES = {
  verdict: 'report.verdict',
  site: 'report.site',
  app: 'report.app',
  kind: 'report.kind',
  visibility: 'report.seen',
} as const;

/** A value of a dimension in words. */
function wordOf(by: Dimension, value: string): string {
  if (by === 'verdict') return t(messageKey('verdict', value as VerdictName));
  if (by === 'visibility') return t(messageKey('visibility', value as Visibility));
  if (by === 'kind') return kindWord(value as Kind);
  return by === 'site' ? siteName(value) : maskKey(value);
}

/** Search and filters over the logins; `/` goes to the search from anywhere. */
export function FilterBar() {
  const state = useReport();
  const search = useRef<HTMLInputElement>(null);
  const { value: filter } = state.filter;
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
  const set = (change: Partial<Filter>) => (state.filter.value = { ...filter, ...change });
  const active = Object.values(filter).some(Boolean);
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
            {state.choices.value[by].map((value) => (
              <option key={value} value={value}>
                {wordOf(by, value)}
              </option>
            ))}
          </select>
        </label>
      ))}
      {active && (
        <Button action="clear-filter" onClick={() => (state.filter.value = NO_FILTER)}>
          {t('report_page.clearFilter')}
        </Button>
      )}
      <SavedFilters />
    </div>
  );
}

/** Filters that the tester keeps under a name. */
function SavedFilters() {
  const state = useReport();
  const saved = useSignal(readSaved(state.ports.memory.read()));
  const { value: filter } = state.filter;
  const active = Object.values(filter).some(Boolean);
  const name = [filter.text, ...DIMENSIONS.flatMap((d) => (filter[d] ? wordOf(d, filter[d]) : []))]
    .filter(Boolean)
    .join(' · ');
  const keep = (next: Saved[]) => {
    saved.value = next;
    state.ports.memory.write(JSON.stringify({ filters: next }));
  };
  const known = saved.value.some((s) => s.name === name);
  return (
    <>
      {active && !known && (
        <Button
          action="save-filter"
          onClick={() => keep([...saved.value, { name, filter }].slice(-20))}
        >
          {t('report_page.saveFilter')}
        </Button>
      )}
      {saved.value.length > 0 && (
        <ul class="row saved" aria-label={t('report_page.savedFilters')}>
          {saved.value.map((s) => (
            <li key={s.name}>
              <Button action="use-filter" onClick={() => (state.filter.value = s.filter)}>
                {s.name}
              </Button>
              <button
                type="button"
                class="link"
                aria-label={t('report_page.forgetFilter', [s.name])}
                onClick={() => keep(saved.value.filter((o) => o !== s))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface Saved {
  name: string;
  filter: Filter;
}

function readSaved(text: string | null): Saved[] {
  try {
    const { filters } = JSON.parse(text ?? '{}') as { filters?: Saved[] };
    return (filters ?? []).map((s) => ({
      name: String(s.name),
      filter: { ...NO_FILTER, ...s.filter },
    }));
  } catch {
    return [];
  }
}
