/** Why a file cannot be imported. */
export type ImportProblem =
  | 'empty'
  | 'too-large' // detail: the limit in MB
  | 'not-text'
  | 'not-json' // field: the position
  | 'truncated' // field: the position
  | 'not-ours' // neither a report nor a HAR
  | 'version' // field: the version of the file
  | 'field' // field: its path; detail: what is wrong with it
  | 'counts' // field: its path; detail: the stated and the counted number
  | 'twice'; // field: the id that occurs twice

/** Says why a file cannot be imported, in which field, and in detail. Its message is English. */
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
