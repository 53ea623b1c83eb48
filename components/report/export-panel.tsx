import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { FORMATS, type FormatId } from '../../utils/report/formats/format-list.ts';
import { countVerdicts, summaryLine } from '../../utils/report/verdict-counts.ts';
import { PREVIEW, type WriteResult } from '../../utils/report/write-request.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
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

/** Hands the session on: a file a format, what leaves shown before, and its sum in one line. */
export function ExportPanel() {
  const state = useReport();
  const shownOnly = useSignal(false);
  const whole = useSignal(false);
  const preview = useSignal<(WriteResult & { format: FormatId }) | null>(null);
  const id = useId();
  const writing = useSignal<AbortController | null>(null);
  const write = async (format: FormatId, use: (written: WriteResult) => void) => {
    const asked = state.toWrite({ shownOnly: shownOnly.value, wholeClientIds: whole.value });
    if (!asked) return;
    writing.value?.abort();
    const mine = new AbortController();
    writing.value = mine;
    try {
      const written = await state.ports.write(
        { ...asked, format, language: t.language },
        mine.signal,
      );
      if (written) use(written);
    } catch {
      state.notice.value = ['banner.failedAction'];
    }
    if (writing.value === mine) writing.value = null;
  };
  const save = (format: FormatId) =>
    write(format, ({ file, session }) => {
      const name = session.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
      state.ports.save(`linkwatch-${name}.${FORMATS[format].extension}`, file);
    });
  const copySummary = async () => {
    const rows = shownOnly.value ? state.shown.value : state.rows.value;
    const line = summaryLine(countVerdicts(rows.map((row) => row.judged.verdict.verdict)), t);
    const about = state.showsFiles.value ? state.merged.value?.report.session : state.session.value;
    await state.ports.copy(`${about?.name ?? t('report.title')}: ${line}`).then(
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
        <Button action="copy-summary" onClick={copySummary}>
          {t('report_page.copySummary')}
        </Button>
      </div>
      <ul class="formats">
        {(Object.keys(FORMATS) as FormatId[]).map((format) => (
          <li key={format}>
            <Button
              action="export"
              data-export={format}
              aria-describedby={`${id}-${format}`}
              onClick={() => save(format)}
            >
              {t('report_page.saveAs', [`.${FORMATS[format].extension}`])}
            </Button>
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
                preview.value = null;
                if (!open)
                  void write(format, (written) => (preview.value = { format, ...written }));
              }}
            >
              {t('report_page.preview')}
              <span class="sr-only"> {format}</span>
            </button>
          </li>
        ))}
      </ul>
      {writing.value && (
        <p class="row" role="status" data-testid="writing">
          {t('report_page.writing')} <progress aria-label={t('report_page.writing')} />{' '}
          <Button action="cancel-writing" onClick={() => writing.value?.abort()}>
            {t('settings.cancel')}
          </Button>
        </p>
      )}
      {preview.value && (
        <figure class="preview">
          <figcaption>
            {t('report_page.previewOf', [
              `.${FORMATS[preview.value.format].extension}`,
              preview.value.length.toLocaleString(state.ports.locale),
            ])}
          </figcaption>
          <ScrollingText
            label={t('report_page.preview')}
            text={preview.value.beginning + (preview.value.length > PREVIEW ? '\n…' : '')}
          />
        </figure>
      )}
    </section>
  );
}
