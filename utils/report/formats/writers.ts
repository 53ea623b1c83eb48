import type { Translate } from '../../i18n/translate.ts';
import type { Report } from '../document.ts';
import { writeCsv } from './csv.ts';
import type { FormatId, TicketFormat } from './format-list.ts';
import { writeHtml, writeRichText } from './html.ts';
import { writeJson } from './json.ts';
import { writeJunit } from './junit.ts';
import { writeMarkdown } from './markdown.ts';
import { writeNdjson } from './ndjson.ts';
import { writeOtlp } from './otlp.ts';
import { writeText } from './text.ts';

/** Writes a report in a format. The same report, language and time zone of the machine give the same text. */
export const WRITERS: Record<FormatId, (report: Report, t: Translate) => string> = {
  json: writeJson,
  html: writeHtml,
  md: writeMarkdown,
  csv: writeCsv,
  junit: writeJunit,
  otlp: writeOtlp,
  ndjson: writeNdjson,
};

/** Writes a report to be copied into a ticket. */
export const TICKET_WRITERS: Record<TicketFormat, (report: Report, t: Translate) => string> = {
  md: writeMarkdown,
  rich: writeRichText,
  text: (report, t) => writeText(report, t),
};
