import { MINUTE_MS } from '../../utils/model/time.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { useReport } from './report-context.ts';

/** Chooses between what is recorded and what files hold, which is read-only; nothing where no file was read. */
export function FilesBar() {
  const state = useReport();
  const times = useTimes();
  const { value: files } = state.files;
  if (!files.length) return null;
  const sources = [
    [false, 'live', t('report_page.live')],
    [true, 'files', t('report_page.files', files.length)],
  ] as const;
  return (
    <div class="row files-bar" role="group" aria-label={t('report_page.source')}>
      {sources.map(([isFiles, name, label]) => (
        <button
          key={name}
          type="button"
          data-source={name}
          aria-pressed={state.showsFiles.value === isFiles}
          onClick={() => {
            state.showsFiles.value = isFiles;
            state.clearSelection();
          }}
        >
          {label}
        </button>
      ))}
      {state.showsFiles.value && (
        <>
          <label>
            {t('report.judgedAt')}{' '}
            <input
              type="datetime-local"
              step="1"
              data-field="judged-at"
              value={state.filesAt.value === null ? '' : localText(state.filesAt.value)}
              onChange={(event) => {
                const at = new Date(event.currentTarget.value).getTime();
                state.filesAt.value = Number.isNaN(at) ? null : at;
              }}
            />
          </label>
          {state.filesAt.value === null ? (
            <span class="quiet">{t('report_page.judgedNow')}</span>
          ) : (
            <>
              <span class="quiet">{times.full(state.filesAt.value)}</span>
              <Button action="judge-now" onClick={() => (state.filesAt.value = null)}>
                {t('report_page.judgeNow')}
              </Button>
            </>
          )}
        </>
      )}
    </div>
  );
}

/** Writes an instant (epoch ms) as a field for date and time takes it: local time without a zone. */
function localText(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * MINUTE_MS);
  return local.toISOString().slice(0, 19);
}
