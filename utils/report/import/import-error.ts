/** Why a file cannot be imported. */
export type ImportProblem =
  | 'empty'
  | 'too-large' // limit in MB
  | 'not-text'
  | 'not-json'
  | 'truncated'
  | 'not-ours' // neither a report nor a HAR
  | 'version' // field: its version
  | 'field' // field, what is wrong with it
  | 'counts' // field, what was counted
  | 'twice'; // field: the id that is there twice

/** A file that cannot be imported: which problem, in which field, and in detail. Its message is English. */
export class ImportError extends Error {
  readonly problem: ImportProblem;
  readonly field: string;
  readonly detail: string;

  constructor(problem: ImportProblem, field = '', detail = '') {
    super([problem, field, detail].filter(Boolean).join(': '));
    this.name = 'ImportError';
    this.problem = problem;
    this.field = field;
    this.detail = detail;
  }
}
