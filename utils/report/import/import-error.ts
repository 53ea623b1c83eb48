import type { Mismatch } from './mismatch.ts';

/** Why a file cannot be imported. */
export type ImportProblem =
  | 'empty'
  | 'too-large' // detail: the limit in MB
  | 'packed' // as zip or gzip
  | 'not-text'
  | 'not-json' // field: the position, where it is known
  | 'truncated'
  | 'har-truncated' // the recording of a HAR was never closed
  | 'not-ours' // neither a report nor a HAR
  | 'not-server' // neither a HAR nor OTLP/JSON with spans
  | 'server-alone' // spans of a server, without a browser's recording
  | 'webhook-log' // a log of unlink webhooks, which is read elsewhere
  | 'own-spans' // a report that was written for a Collector
  | 'version' // field: the version of the file
  | 'field' // field: its path; with a mismatch
  | 'no-login' // field: the path of a login that no observation makes
  | 'counts' // field: its path; detail: the stated and the counted number
  | 'twice' // field: the path of an observation whose id an earlier one has
  | 'fault'; // Linkwatch itself failed

/**
 * Says why a file cannot be imported, in which field, and in detail. Nothing of it quotes the file, which may hold
 * secrets. Its message is English.
 */
export class ImportError extends Error {
  readonly problem: ImportProblem;
  readonly field: string;
  readonly detail: string;
  readonly mismatch: Mismatch | null;

  constructor(problem: ImportProblem, field = '', detail = '', mismatch: Mismatch | null = null) {
    super([problem, field, detail].filter(Boolean).join(': '));
    this.name = 'ImportError';
    this.problem = problem;
    this.field = field;
    this.detail = detail;
    this.mismatch = mismatch;
  }
}
