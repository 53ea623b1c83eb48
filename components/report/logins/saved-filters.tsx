import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { recall, remember, type SavedFilter } from '../page-memory.ts';
import { useReport } from '../report-context.ts';
import { dimensionWord } from './dimension-word.ts';
import { isActive, type Filter } from './filter-rows.ts';
import { DIMENSIONS } from './login-row.ts';

/** At most so many filters are kept; the oldest go first. */
const MOST_SAVED = 20;

/** Filters that the tester keeps under a name. */
export function SavedFilters() {
  const state = useReport();
  const saved = useSignal(recall(state.ports.memory).filters);
  // Another page clears everything.
  useEffect(() => {
    const readAgain = () => (saved.value = recall(state.ports.memory).filters);
    addEventListener('storage', readAgain);
    return () => removeEventListener('storage', readAgain);
  }, []);
  const { value: filter } = state.filter;
  const name = nameOf(filter);
  const save = (next: SavedFilter[]) => {
    saved.value = next;
    remember(state.ports.memory, { filters: next });
  };
  const isSaved = saved.value.some((s) => s.name === name);
  return (
    <>
      {isActive(filter) && !isSaved && (
        <Button
          action="save-filter"
          onClick={() => save([...saved.value, { name, filter }].slice(-MOST_SAVED))}
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
                onClick={() => save(saved.value.filter((other) => other !== s))}
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

/** Returns a filter's name: the text and the values it asks for. */
function nameOf(filter: Filter): string {
  const values = DIMENSIONS.flatMap((d) => (filter[d] ? dimensionWord(d, filter[d]) : []));
  return [filter.text, ...values].filter(Boolean).join(' · ');
}
