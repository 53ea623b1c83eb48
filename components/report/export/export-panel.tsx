import { useSignal, type Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { FORMATS, type FormatId } from '../../../utils/report/formats/format-list.ts';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { CopyForTicket } from './copy-for-ticket.tsx';
import { CopySummaryButton } from './copy-summary-button.tsx';
import { ExportPreview, type Preview } from './export-preview.tsx';
import { FormatItem } from './format-item.tsx';
import { useReportWriter } from './use-report-writer.ts';

const FORMAT_IDS = Object.keys(FORMATS) as FormatId[];

/** Saves the session as a file of any format, shows before what leaves, and copies it for a ticket. */
export function ExportPanel() {
  const state = useReport();
  const id = useId();
  const shownOnly = useSignal(false);
  const wholeClientIds = useSignal(false);
  const preview = useSignal<Preview | null>(null);
  const writer = useReportWriter();
  const write = (format: FormatId) =>
    writer.write(format, { shownOnly: shownOnly.value, wholeClientIds: wholeClientIds.value });
  const save = async (format: FormatId) => {
    const written = await write(format);
    if (!written) return;
    const name = written.session.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
    state.ports.save(`linkwatch-${name}.${FORMATS[format].extension}`, written.file);
  };
  const togglePreview = async (format: FormatId) => {
    const isOpen = preview.value?.format === format;
    preview.value = null;
    const written = isOpen ? null : await write(format);
    if (written) preview.value = { format, ...written };
  };
  const closePreview = () => {
    preview.value = null;
  };
  return (
    <section class="exports" aria-labelledby={`${id}-title`} data-testid="exports">
      <h2 id={`${id}-title`}>{t('report_page.export')}</h2>
      <p class="quiet">{t('report_page.exportHelp')}</p>
      <div class="row">
        <Option
          name="shown-only"
          label={t('report_page.shownOnly')}
          checked={shownOnly}
          onChange={closePreview}
        />
        <Option
          name="whole-keys"
          label={t('report_page.wholeKeys')}
          checked={wholeClientIds}
          onChange={closePreview}
        />
        <CopySummaryButton shownOnly={shownOnly.value} />
      </div>
      <CopyForTicket shownOnly={shownOnly.value} wholeClientIds={wholeClientIds.value} />
      <ul class="formats">
        {FORMAT_IDS.map((format) => (
          <FormatItem
            key={format}
            format={format}
            previewed={preview.value?.format === format}
            onSave={() => save(format)}
            onPreview={() => togglePreview(format)}
          />
        ))}
      </ul>
      {writer.isWriting && (
        <p class="row" role="status" data-testid="writing">
          {t('report_page.writing')} <progress aria-label={t('report_page.writing')} />{' '}
          <Button action="cancel-writing" onClick={writer.cancel}>
            {t('settings.cancel')}
          </Button>
        </p>
      )}
      {preview.value && <ExportPreview preview={preview.value} />}
    </section>
  );
}

interface OptionProps {
  /** Goes into `data-field`, for tests. */
  name: string;
  label: string;
  checked: Signal<boolean>;
  onChange: () => void;
}

/** One choice about what leaves. */
function Option({ name, label, checked, onChange }: OptionProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        data-field={name}
        checked={checked.value}
        onChange={(event) => {
          checked.value = event.currentTarget.checked;
          onChange();
        }}
      />
      {label}
    </label>
  );
}
