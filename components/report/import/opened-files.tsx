import type { JoinCounts } from '../../../utils/capture/back-end/join-calls.ts';
import { joinedText } from '../../../utils/report/import/joined-text.ts';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';

/** The files that were read, each to be taken away again, and the way to what they hold. */
export function OpenedFiles() {
  const state = useReport();
  const { value: files } = state.files;
  if (files.length === 0) return <p class="quiet">{t('report_page.noFiles')}</p>;
  const remove = (file: (typeof files)[number]) => {
    state.files.value = files.filter((f) => f !== file);
    if (!state.files.value.length) state.showsFiles.value = false;
  };
  return (
    <>
      <ul class="read-files">
        {files.map((file, i) => (
          <li key={`${i} ${file.name}`} data-file={file.name}>
            <b>{file.name}</b>{' '}
            <span class="quiet">
              {file.imported.report.session.name} ·{' '}
              {t('report.count', file.imported.report.counts.logins)} ·{' '}
              {t('report.observations', file.imported.observations.length)}
            </span>{' '}
            <Button action="remove-file" onClick={() => remove(file)}>
              {t('report_page.removeFile')}
            </Button>
            <Joined counts={file.imported.joined} />
          </li>
        ))}
      </ul>
      <Button
        action="show-files"
        kind="primary"
        onClick={() => {
          state.showsFiles.value = true;
          state.clearSelection();
          location.hash = '';
        }}
      >
        {t('report_page.showFiles')}
      </Button>
    </>
  );
}

/** How many of a server's calls were joined to a file's logins, and how many were not. */
function Joined({ counts }: { counts: JoinCounts | undefined }) {
  if (!counts) return null;
  return <div class="quiet">{joinedText(counts, t)}</div>;
}
