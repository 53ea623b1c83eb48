import type { Report } from './document.ts';
import type { FormatId } from './formats/format-list.ts';
import type { ImportedFile } from './import/reevaluate.ts';
import type { Language } from '../i18n/catalogue.ts';

/** What is to be written: a session of the database, or what files told. */
export interface WriteRequest {
  from: { session: string } | { imported: Omit<ImportedFile, 'loginState'> };
  format: FormatId;
  language: Language;
  generator: Report['generator'];
  /** Instants of judgement and of writing, epoch ms. */
  judgedAt: number;
  writtenAt: number;
  /** Only these logins; null for all. */
  only: readonly string[] | null;
  wholeClientIds: boolean;
}

/** A document, as a file: a large text would hold up the page that is given it. */
export interface WriteResult {
  file: Blob;
  /** The first characters, and how many there are in all. */
  beginning: string;
  length: number;
  /** Name of the session it is about. */
  session: string;
}

/** Characters of a document that are looked at before it leaves. */
export const PREVIEW = 4000;
