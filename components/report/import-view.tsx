import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { importErrorText } from '../../utils/report/import/import-error-text.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
import { CallbackImport } from './callback-import.tsx';
import { useReport } from './report-context.ts';

interface Reading {
  name: string;
  /** 0 to 1. */
  part: number;
  outcome: 'runs' | 'failed' | 'cancelled';
  /** Why it failed. */
  error: string;
  stop: AbortController;
}

/** Reads reports and HARs beside the live data, and the app's unlink-callback log into it. */
export function ImportView() {
  return (
    <>
      <FileImport />
      <CallbackImport />
    </>
  );
}

function FileImport() {
  const state = useReport();
  const readings = useSignal<readonly Reading[]>([]);
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);

  const read = async (files: readonly File[]) => {
    readings.value = [];
    for (const file of files) {
      if (leaving.current.signal.aborted) return;
      const stop = new AbortController();
      leaving.current.signal.addEventListener('abort', () => stop.abort());
      const mine = { name: file.name, stop, part: 0, outcome: 'runs' as const, error: '' };
      readings.value = [...readings.value, mine];
      const change = (to: Partial<Reading>) =>
        (readings.value = readings.value.map((r) => (r.stop === stop ? { ...r, ...to } : r)));
      const result = await state.ports.readFile(file, (part) => change({ part }), stop.signal);
      if ('imported' in result) {
        state.files.value = [...state.files.value, { name: file.name, imported: result.imported }];
        readings.value = readings.value.filter((r) => r.stop !== stop);
      } else if (result.error)
        change({ outcome: 'failed', error: importErrorText(result.error, t) });
      else change({ outcome: 'cancelled' });
    }
  };
  return (
    <section class="panel" aria-labelledby="files-title" data-testid="file-import">
      <h2 id="files-title">{t('report_page.importTitle')}</h2>
      <p class="quiet">{t('report_page.importHelp')}</p>
      <label class="drop">
        {t('report_page.chooseFiles')}{' '}
        <input
          type="file"
          multiple
          accept=".json,.har,application/json"
          data-field="files"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            void read(files);
          }}
        />
      </label>
      <ul class="readings" aria-live="polite">
        {readings.value.map((r, i) => (
          <li key={`${i} ${r.name}`} data-reading={r.outcome}>
            <b>{r.name}</b>{' '}
            {r.outcome === 'failed' ? (
              <span class="complaint" role="alert">
                {r.error} {t('report_page.nothingChanged')}
              </span>
            ) : r.outcome === 'cancelled' ? (
              <span class="quiet">
                {t('report_page.cancelled')} {t('report_page.nothingChanged')}
              </span>
            ) : (
              <>
                <progress value={r.part} aria-label={t('report_page.reading', [r.name])} />{' '}
                <Button action="cancel-reading" onClick={() => r.stop.abort()}>
                  {t('settings.cancel')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {state.files.value.length === 0 ? (
        <p class="quiet">{t('report_page.noFiles')}</p>
      ) : (
        <>
          <ul class="read-files">
            {state.files.value.map((file, i) => (
              <li key={`${i} ${file.name}`} data-file={file.name}>
                <b>{file.name}</b>{' '}
                <span class="quiet">
                  {file.imported.report.session.name} ·{' '}
                  {t('report.count', file.imported.report.counts.logins)} ·{' '}
                  {t('report.observations', file.imported.observations.length)}
                </span>{' '}
                <Button
                  action="remove-file"
                  onClick={() => {
                    state.files.value = state.files.value.filter((f) => f !== file);
                    if (!state.files.value.length) state.showsFiles.value = false;
                  }}
                >
                  {t('report_page.removeFile')}
                </Button>
              </li>
            ))}
          </ul>
          <Button
            action="show-files"
            kind="primary"
            onClick={() => {
              state.showsFiles.value = true;
              state.selected.value = state.beside.value = null;
              location.hash = '';
            }}
          >
            {t('report_page.showFiles')}
          </Button>
        </>
      )}
    </section>
  );
}
