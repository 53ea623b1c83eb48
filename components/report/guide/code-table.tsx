import { useSignal } from '@preact/signals';
import { codeRows, type Block } from '../../../utils/guidance/guide.ts';
import { t } from '../../shared/text.ts';
import { TextTable } from './text-table.tsx';

/** A table of error codes, with a search. */
export function CodeTable({ block }: { block: Block & { kind: 'codes' } }) {
  const search = useSignal('');
  const rows = codeRows(block.codes, t, search.value);
  return (
    <>
      <div class="row">
        <label>
          {t('guidance.guide.search')}{' '}
          <input
            type="search"
            data-field="codes"
            value={search.value}
            onInput={(event) => (search.value = event.currentTarget.value)}
          />
        </label>
        <span class="quiet" role="status">
          {t('guidance.guide.found', [String(rows.length), String(block.codes.length)])}
        </span>
      </div>
      {rows.length > 0 && (
        <TextTable
          titles={(['code', 'http', 'meaning', 'remedy'] as const).map((n) =>
            t(`guidance.guide.${n}`),
          )}
          rows={rows.map((r) => [r.code, r.http, r.meaning, r.remedy])}
        />
      )}
    </>
  );
}
