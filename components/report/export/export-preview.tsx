import { FORMATS, type FormatId } from '../../../utils/report/formats/format-list.ts';
import { PREVIEW, type WriteResult } from '../../../utils/report/write-request.ts';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { ScrollingText } from '../scrolling-text.tsx';

/** A report that was written to be looked at. */
export type Preview = WriteResult & { format: FormatId };

/** The first characters of a report, and how many there are in all. */
export function ExportPreview({ preview }: { preview: Preview }) {
  const { ports } = useReport();
  const { format, beginning, length } = preview;
  return (
    <figure class="preview">
      <figcaption>
        {t('report_page.previewOf', [
          `.${FORMATS[format].extension}`,
          length.toLocaleString(ports.locale),
        ])}
      </figcaption>
      <ScrollingText
        label={t('report_page.preview')}
        text={beginning + (length > PREVIEW ? '\n…' : '')}
      />
    </figure>
  );
}
