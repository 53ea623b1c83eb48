import type { WriteRequest, WriteResult } from '../../utils/report/write-request.ts';
import type { ImportedFile } from '../../utils/report/import/reevaluate.ts';
import type { ImportError } from '../../utils/report/import/import-error.ts';
import type { Report } from '../../utils/report/document.ts';
import type { Command, CommandResult } from '../../utils/model/command.ts';
import type { Records } from '../../utils/store/read-records.ts';

/** What came of reading one file: what it told, or why it cannot be read (null: it was given up). */
type FileRead = { imported: ImportedFile } | { error: ImportError | null };

/** What the report page needs from the outside. The entrypoint wires it to the browser. */
export interface ReportPorts {
  /** Epoch ms. */
  now(): number;
  /** Reads everything recorded. Rejects with a StoreProblem when the database cannot be read. */
  load(): Promise<Records>;
  /** Calls back after anything stored has changed; returns the unsubscriber. */
  onChange(callback: () => void): () => void;
  send(command: Command): Promise<CommandResult>;
  /** Reads one file off the page's own thread; `progress` gets the part read, 0 to 1. Never rejects. */
  readFile(file: File, progress: (part: number) => void, signal: AbortSignal): Promise<FileRead>;
  /** The salted hash that stands for a user id. */
  hashUserId(id: string): Promise<string>;
  /** Writes a report off the page's own thread. Null where it was given up; rejects where it cannot be written. */
  write(asked: WriteRequest, signal: AbortSignal): Promise<WriteResult | null>;
  /** Hands a file out. */
  save(name: string, file: Blob): void;
  copy(text: string): Promise<void>;
  /** What the page remembers of its own look, as one text. */
  memory: { read(): string | null; write(text: string): void };
  generator: Report['generator'];
  /** Language for dates and durations. */
  locale: string;
}
