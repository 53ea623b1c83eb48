import type { Language } from '../i18n/catalogue.ts';
import type { Report } from './document.ts';
import type { FormatId, TicketFormat } from './formats/format-list.ts';
import type { KeptFile } from './import/file-contents.ts';
import type { SessionRecords } from './session-report.ts';

/**
 * Asks for a document: about a session of the database or, where they are given, of records that no database holds (null:
 * about all of them); or about imported files.
 */
export interface WriteRequest {
  from: { session: string | null; records?: SessionRecords } | { imported: KeptFile };
  format: FormatId | TicketFormat;
  language: Language;
  generator: Report['generator'];
  /** Instants of judgement and of writing, epoch ms. */
  judgedAt: number;
  /** Whoever chose the instant of judgement says that nothing followed what was recorded. */
  nothingFollowed: boolean;
  writtenAt: number;
  /** Ids of the logins to write; null for all. */
  only: readonly string[] | null;
  wholeClientIds: boolean;
  /** Leaves out the test plan, since what is written is about one login. */
  withoutTestPlan: boolean;
}

/** A written document. It comes as a file, since handing over a large text would block the page. */
export interface WriteResult {
  file: Blob;
  /** The first `PREVIEW` characters of the document. */
  beginning: string;
  /** How many characters the document has. */
  length: number;
  /** Name of the session that the document is about. */
  session: string;
}

/** How many characters of a document are shown before it is saved. */
export const PREVIEW = 4000;
