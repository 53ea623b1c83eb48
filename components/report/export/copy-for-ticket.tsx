import { useSignal } from '@preact/signals';
import { TICKET_FORMATS, type TicketFormat } from '../../../utils/report/formats/format-list.ts';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import type { ReportState } from '../report-state.ts';

const LABELS = {
  md: 'report_page.copyMarkdown',
  rich: 'report_page.copyRich',
  text: 'report_page.copyText',
} as const;

type Options = Parameters<ReportState['writeRequest']>[0];

/** Copies logins for a ticket, in the form that its page takes, and tells whether that went well. */
export function CopyForTicket(options: Options) {
  const state = useReport();
  const said = useSignal<'report_page.copied' | 'report_page.copyFailed' | null>(null);
  const copy = async (format: TicketFormat) => {
    // A live region tells only what changes, so a second copy is told anew.
    said.value = null;
    try {
      await copyAs(format, state, options);
      said.value = 'report_page.copied';
    } catch {
      said.value = 'report_page.copyFailed';
    }
  };
  return (
    <div class="row" role="group" aria-label={t('report_page.copyForTicket')}>
      <span class="quiet" aria-hidden="true">
        {t('report_page.copyForTicket')}
      </span>
      {TICKET_FORMATS.map((format) => (
        <Button key={format} action={`copy-${format}`} onClick={() => copy(format)}>
          {t(LABELS[format])}
        </Button>
      ))}
      <span role="status" data-testid="copied">
        {said.value && t(said.value)}
      </span>
    </div>
  );
}

/** Rejects where there is nothing to write, or the clipboard cannot be written to. */
async function copyAs(
  format: TicketFormat,
  { ports, writeRequest }: ReportState,
  options: Options,
): Promise<void> {
  const write = async (as: TicketFormat) => {
    const request = writeRequest(options);
    const written =
      request &&
      (await ports.write(
        { ...request, format: as, language: t.language },
        new AbortController().signal,
      ));
    if (!written) throw new Error('nothing was written');
    return written.file.text();
  };
  if (format !== 'rich') return ports.copy(await write(format));
  const [html, text] = await Promise.all([write('rich'), write('text')]);
  return ports.copyRich(html, text);
}
