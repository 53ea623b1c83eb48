import { writeCsv } from './csv.ts';
import type { Report } from './document.ts';
import { writeHtml } from './html.ts';
import { writeJson } from './json.ts';
import { writeJunit } from './junit.ts';
import { writeMarkdown } from './markdown.ts';
import { writeNdjson } from './ndjson.ts';
import { writeOtlp } from './otlp.ts';
import type { Texts } from './texts.ts';

export type FormatId = 'json' | 'html' | 'md' | 'csv' | 'junit' | 'otlp' | 'ndjson';

/** A form in which a report can be handed on. */
export interface Format {
  id: FormatId;
  mediaType: string;
  /** Of a file's name, without the dot. */
  extension: string;
  /** One record a line: several reports may follow each other in one file. */
  lines: boolean;
  /** Pure: the same report and language give the same text. */
  write: (report: Report, t: Texts) => string;
}

/** Every format, in the order in which they are offered. */
export const FORMATS: Record<FormatId, Format> = {
  json: format('json', 'application/json', 'json', writeJson),
  html: format('html', 'text/html', 'html', writeHtml),
  md: format('md', 'text/markdown', 'md', writeMarkdown),
  csv: format('csv', 'text/csv', 'csv', writeCsv),
  junit: format('junit', 'application/xml', 'xml', writeJunit),
  otlp: format('otlp', 'application/x-ndjson', 'otlp.jsonl', writeOtlp, true),
  ndjson: format('ndjson', 'application/x-ndjson', 'ndjson', writeNdjson, true),
};

function format(
  id: FormatId,
  mediaType: string,
  extension: string,
  write: Format['write'],
  lines = false,
): Format {
  return { id, mediaType, extension, lines, write };
}
