import { parseCallbackLog } from '../../capture/callback-log.ts';
import { ImportError, type ImportProblem } from './import-error.ts';

/** As what a log is refused that is no JSON, or not the JSON that is asked for. */
const PROBLEMS: ReadonlySet<ImportProblem> = new Set(['not-json', 'not-ours', 'not-server']);

/** Why a text cannot be imported, given why it failed: a log that holds unlink webhooks is read elsewhere. */
export function unlessWebhookLog(error: unknown, text: string): unknown {
  if (!(error instanceof ImportError) || !PROBLEMS.has(error.problem)) return error;
  return parseCallbackLog(text).entries.length ? new ImportError('webhook-log') : error;
}
