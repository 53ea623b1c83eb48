import { JSONParser } from '@streamparser/json';
import { ImportError } from './import-error.ts';

/** Turns an error of the streaming parser into one that tells the position, and quotes nothing of the file. */
export function toImportError(error: unknown): ImportError {
  const detail = error instanceof Error ? error.message : '';
  if (/ended in/.test(detail)) return new ImportError('truncated');
  const [, position = ''] = /absolute position "(\d+)"/.exec(detail) ?? [];
  return new ImportError('not-json', position);
}

/** Finds where a text stops being JSON. Not every browser's `JSON.parse` tells, but the streaming parser does. */
export function locateJsonError(text: string): ImportError {
  let failure: unknown = null;
  const parser = new JSONParser({ paths: ['$.none'], keepStack: false });
  parser.onError = (error) => {
    failure ??= error;
  };
  parser.write(text);
  if (!failure && !parser.isEnded) parser.end();
  return toImportError(failure);
}
