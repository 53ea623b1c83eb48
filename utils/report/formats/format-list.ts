/** Name of a format, as `--format` and `data-export` take it. */
export type FormatId = 'json' | 'html' | 'md' | 'csv' | 'junit' | 'otlp' | 'ndjson';

/** Forms in which a report is copied for a ticket: Markdown, rich text as HTML elements, plain text. */
export const TICKET_FORMATS = ['md', 'rich', 'text'] as const;

/** One of these forms. */
export type TicketFormat = (typeof TICKET_FORMATS)[number];

/** A form in which a report can be handed on; writers.ts writes it. */
export interface Format {
  id: FormatId;
  mediaType: string;
  /** Of a file's name, without the dot. */
  extension: string;
  /** One record a line: several reports may follow each other in one file. */
  lines: boolean;
}

/** Every format, in the order in which they are offered. */
export const FORMATS: Record<FormatId, Format> = {
  json: format('json', 'application/json', 'json'),
  html: format('html', 'text/html', 'html'),
  md: format('md', 'text/markdown', 'md'),
  csv: format('csv', 'text/csv', 'csv'),
  junit: format('junit', 'application/xml', 'xml'),
  otlp: format('otlp', 'application/x-ndjson', 'otlp.jsonl', { lines: true }),
  ndjson: format('ndjson', 'application/x-ndjson', 'ndjson', { lines: true }),
};

function format(
  id: FormatId,
  mediaType: string,
  extension: string,
  { lines = false }: { lines?: boolean } = {},
): Format {
  return { id, mediaType, extension, lines };
}
