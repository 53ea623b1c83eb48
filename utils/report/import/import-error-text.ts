import type { ImportError } from './import-error.ts';
import type { Texts } from '../texts.ts';
import { fill } from '../formats/wording.ts';

/** Why a file cannot be imported, in one line. */
export function importErrorText({ problem, field, detail }: ImportError, t: Texts): string {
  const text = t.report.problem[problem.replaceAll('-', '_') as keyof Texts['report']['problem']];
  return fill(text, field || detail || '?', detail);
}
