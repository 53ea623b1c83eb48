import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { FORMATS, type FormatId } from '../../utils/report/formats.ts';
import { summaryLine } from '../../utils/report/summary.ts';
import { TEXTS } from '../../utils/report/texts.ts';
import { Action } from '../action.tsx';
import { t } from '../text.ts';
import { useReport } from './report-context.ts';
import { ScrollingText } from './scrolling-text.tsx';

const WHAT = {
  json: 'report_page.formatJson',
  html: 'report_page.formatHtml',
  md: 'report_page.formatMd',
  csv: 'report_page.formatCsv',
  junit: 'report_page.formatJunit',
  otlp: 'report_page.formatOtlp',
  ndjson: 'report_page.formatNdjson',
} as const;
const PREVIEW = 4000;

/** Hands the session on: a file a format, what leaves shown before, and its sum in one line. */
export function ExportPanel() {
  const state = useReport();
  const shownOnly = useSignal(false);
  const whole = useSignal(false);
  const preview = useSignal<{ format: FormatId; text: string } | null>(null);
  const id = useId();
  const texts = TEXTS[t('lang') === 'ko' ? 'ko' : 'en'];
  const report = () => state.report({ shownOnly: shownOnly.value, wholeClientIds: whole.value });
  const textOf = (format: FormatId) => {
    const made = report();
    return made && { made, text: FORMATS[format].write(made, texts) };
  };
  const save = (format: FormatId) => {
    const written = textOf(format);
    if (!written) return;
    const { mediaType, extension } = FORMATS[format];
    const name = written.made.session.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
    state.ports.save(`linkwatch-${name}.${extension}`, mediaType, written.text);
  };
  const copySummary = async () => {
    const made = report();
    if (!made) return;
    const line = `${made.session.name}: ${summaryLine(made, texts)}`;
    await state.ports.copy(line).then(
      () => (state.notice.value = ['report_page.copied']),
      () => (state.notice.value = ['banner.failedAction']),
    );
  };
  const option = (box: typeof whole, name: string, label: string) => (
    <label class="check">
      <input
        type="checkbox"
        data-field={name}
        checked={box.value}
        onChange={(event) => {
          box.value = event.currentTarget.checked;
          preview.value = null;
        }}
      />
      {label}
    </label>
  );
  if (state.rows.value.length === 0 && state.scope.value?.own.length === 0) return null;
  return (
    <section class="panel exports" aria-labelledby={`${id}-title`} data-testid="exports">
      <h2 id={`${id}-title`}>{t('report_page.export')}</h2>
      <p class="quiet">{t('report_page.exportHelp')}</p>
      <div class="row">
        {option(shownOnly, 'shown-only', t('report_page.shownOnly'))}
        {option(whole, 'whole-keys', t('report_page.wholeKeys'))}
        <Action does="copy-summary" run={copySummary}>
          {t('report_page.copySummary')}
        </Action>
      </div>
      <ul class="formats">
        {(Object.keys(FORMATS) as FormatId[]).map((format) => (
          <li key={format}>
            <Action
              does="export"
              data-export={format}
              aria-describedby={`${id}-${format}`}
              run={() => save(format)}
            >
              {t('report_page.saveAs', [`.${FORMATS[format].extension}`])}
            </Action>
            <span class="quiet" id={`${id}-${format}`}>
              {t(WHAT[format])}
            </span>
            <button
              type="button"
              class="link"
              data-preview={format}
              aria-expanded={preview.value?.format === format}
              onClick={() => {
                const open = preview.value?.format === format;
                const written = open ? null : textOf(format);
                preview.value = written && { format, text: written.text };
              }}
            >
              {t('report_page.preview')}
              <span class="sr-only"> {format}</span>
            </button>
          </li>
        ))}
      </ul>
      {preview.value && (
        <figure class="preview">
          <figcaption>
            {t('report_page.previewOf', [
              `.${FORMATS[preview.value.format].extension}`,
              preview.value.text.length.toLocaleString(state.ports.locale),
            ])}
          </figcaption>
          <ScrollingText
            label={t('report_page.preview')}
            text={
              preview.value.text.slice(0, PREVIEW) +
              (preview.value.text.length > PREVIEW ? '\n…' : '')
            }
          />
        </figure>
      )}
    </section>
  );
}
