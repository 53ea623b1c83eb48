import type { Command, CommandResult } from '../../utils/model/command.ts';
import type { Settings } from '../../utils/model/settings.ts';
import type { Report } from '../../utils/report/document.ts';
import type { KeptFile } from '../../utils/report/import/file-contents.ts';
import type { ImportError } from '../../utils/report/import/import-error.ts';
import type { FoldedFiles } from '../../utils/report/merge/fold-files.ts';
import type { OverviewRequest } from '../../utils/report/overview-request.ts';
import type { Overview } from '../../utils/report/overview.ts';
import type { WriteRequest, WriteResult } from '../../utils/report/write-request.ts';
import type { Records } from '../../utils/store/read-records.ts';

/** The content of a file that was read, that it joined another, or why it cannot be read (null: it was given up). */
type FileRead = { imported: KeptFile } | { joins: true } | { error: ImportError | null };

/** What the report page needs from outside. The entrypoint wires it to the browser. */
export interface ReportPorts {
  /** Epoch ms. */
  now(): number;
  /** Reads everything recorded. Rejects with a StoreProblem when the database cannot be read. */
  load(): Promise<Records>;
  /** Reads the newest of it where there is so much that reading everything takes long; null where there is not. */
  loadNewest(): Promise<Records | null>;
  /** Calls back after anything stored has changed; returns what ends that. */
  onChange(callback: () => void): () => void;
  loadSettings(): Promise<Settings>;
  /** Asks for the notifications permission; call it straight from a click. */
  askNotifications(): Promise<boolean>;
  send(command: Command): Promise<CommandResult>;
  /**
   * Reads one file in a web worker, with what a server recorded among the files chosen with it; `progress` gets the part
   * read, 0 to 1. Never rejects.
   */
  readFile(
    file: File,
    companions: readonly File[],
    progress: (part: number) => void,
    signal: AbortSignal,
  ): Promise<FileRead>;
  /**
   * Merges files and replays them as of an instant that someone chose (epoch ms; null: now) in a web worker. Null where it was given
   * up; rejects where it fails.
   */
  fold(
    files: readonly KeptFile[],
    chosen: number | null,
    signal: AbortSignal,
  ): Promise<FoldedFiles | null>;
  /** Returns the salted hash that stands for a user id. */
  hashUserId(id: string): Promise<string>;
  /** Writes a report in a web worker. Null where it was given up; rejects where it cannot be written. */
  write(request: WriteRequest, signal: AbortSignal): Promise<WriteResult | null>;
  /** Works out in a web worker what is said of something as a whole. Null where that fails. */
  overview(request: OverviewRequest): Promise<Overview | null>;
  /** Saves a file as a download. */
  save(name: string, file: Blob): void;
  copy(text: string): Promise<void>;
  /** Copies the same content as HTML and as plain text: what it is pasted into takes which it can. */
  copyRich(html: string, text: string): Promise<void>;
  /** What the page remembers between visits, as one text. */
  memory: { read(): string | null; write(text: string): void };
  generator: Report['generator'];
  /** Language for dates and durations. */
  locale: string;
}
