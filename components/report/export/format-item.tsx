import { useId } from 'preact/hooks';
import { FORMATS, type FormatId } from '../../../utils/report/formats/format-list.ts';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';

const DESCRIPTIONS = {
  json: 'report_page.formatJson',
  html: 'report_page.formatHtml',
  md: 'report_page.formatMd',
  csv: 'report_page.formatCsv',
  junit: 'report_page.formatJunit',
  otlp: 'report_page.formatOtlp',
  ndjson: 'report_page.formatNdjson',
} as const;

interface Props {
  format: FormatId;
  /** Whether its preview is open. */
  previewed: boolean;
  onSave: () => Promise<void>;
  onPreview: () => Promise<void>;
}

/** A format of the report: saves it, says what it is for, and opens its preview. */
export function FormatItem({ format, previewed, onSave, onPreview }: Props) {
  const id = useId();
  return (
    <li>
      <Button action="export" data-export={format} aria-describedby={id} onClick={onSave}>
        {t('report_page.saveAs', [`.${FORMATS[format].extension}`])}
      </Button>
      <span class="quiet" id={id}>
        {t(DESCRIPTIONS[format])}
      </span>
      <button
        type="button"
        class="link"
        data-preview={format}
        aria-expanded={previewed}
        onClick={() => void onPreview()}
      >
        {t('report_page.preview')}
        <span class="sr-only"> {format}</span>
      </button>
    </li>
  );
}
