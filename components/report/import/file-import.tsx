import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { takeFiles } from '../take-files.ts';
import { OpenedFiles } from './opened-files.tsx';
import { useFileReadings, type FileReading } from './use-file-readings.ts';

/** Chooses files, shows how far each is read, and lists those that were read. */
export function FileImport() {
  const { readings, read } = useFileReadings();
  return (
    <section class="panel" aria-labelledby="files-title" data-testid="file-import">
      <h2 id="files-title">{t('report_page.importTitle')}</h2>
      <p class="quiet">{t('report_page.importHelp')}</p>
      <label class="drop">
        {t('report_page.chooseFiles')}{' '}
        <input
          type="file"
          multiple
          accept=".json,.jsonl,.har,application/json"
          data-field="files"
          onChange={(event) => void read(takeFiles(event.currentTarget))}
        />
      </label>
      <ul class="readings" aria-live="polite">
        {readings.map((reading) => (
          <li key={reading.id} data-reading={reading.outcome}>
            <b>{reading.name}</b> <Outcome reading={reading} />
          </li>
        ))}
      </ul>
      <OpenedFiles />
    </section>
  );
}

/** How far a file is read, or why it could not be read. */
function Outcome({ reading }: { reading: FileReading }) {
  switch (reading.outcome) {
    case 'failed':
      return (
        <span class="complaint" role="alert">
          {reading.error} {t('report_page.nothingChanged')}
        </span>
      );
    case 'cancelled':
      return (
        <span class="quiet">
          {t('report_page.cancelled')} {t('report_page.nothingChanged')}
        </span>
      );
    case 'runs':
      return (
        <>
          <progress value={reading.part} aria-label={t('report_page.reading', [reading.name])} />{' '}
          <Button action="cancel-reading" onClick={() => reading.abort.abort()}>
            {t('settings.cancel')}
          </Button>
        </>
      );
  }
}
