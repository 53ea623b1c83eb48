import { isObject, listOf } from '../model/json.ts';
import { unlinkEventIn } from './unlink-event.ts';

/** No log of the largest size that is read has more lines that could hold a webhook. */
const MAX_LINES = 1_000_000;
/** An object that was printed over more lines is not put together. */
const MAX_OBJECT_LINES = 100;
const FIELDS = /\b(?:app_id|user_id|referrer_type|[rR]eferrerType)\b/;

/** What counts as a line, with its number. */
type Line = readonly [number: number, text: string];

/**
 * Lists what counts as the lines of a log, with their numbers from 1: the items of a JSON document, or else its lines, of which
 * those are put together over which one webhook was printed.
 */
export function callbackLines(text: string): Iterable<Line> {
  const content = text.replace(/^\uFEFF/, '');
  const items = itemsOf(content)?.map((item, i): Line => [i + 1, item]);
  return items ?? linesOf(content.split(/\r\n|\n|\r/, MAX_LINES));
}

/** Whether a text names a field that only webhooks about a link have. */
export function namesField(text: string): boolean {
  return FIELDS.test(text);
}

/** Lines with their numbers; those of an object that holds one webhook are put together, under the number of the first. */
function* linesOf(lines: readonly string[]): Generator<Line> {
  /** How many brackets each line leaves open, as far as that was asked for. */
  const opened: number[] = [];
  const openedBy = (i: number) => (opened[i] ??= openedIn(lines[i] ?? ''));
  for (let i = 0; i < lines.length; i += 1) {
    const object = objectAt(lines, i, openedBy);
    yield [i + 1, object?.join(' ') ?? lines[i] ?? ''];
    if (object) i += object.length - 1;
  }
}

/** The lines, from one on, over which a program printed an object that holds one webhook; null where none begins there. */
function objectAt(
  lines: readonly string[],
  from: number,
  openedBy: (line: number) => number,
): string[] | null {
  if (!/[{[(,]\s*$/.test(lines[from] ?? '')) return null;
  const end = Math.min(lines.length, from + MAX_OBJECT_LINES);
  let to = from;
  for (let depth = openedBy(from); depth > 0 && to < end; depth += openedBy(to)) to += 1;
  if (to === from || to >= end) return null;
  const object = lines.slice(from, to + 1).map((line) => line.trim());
  const isWhole = (line: string) => /user_?id/i.test(line) && /referrer_?type/i.test(line);
  const named = object.join(' ').match(/\buser_?id\b|"events"/gi) ?? [];
  return named.length === 1 && !object.some(isWhole) ? object : null;
}

/** How many more brackets a line opens than it closes, those in its strings aside. */
function openedIn(line: string): number {
  const code = line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '');
  return (code.match(/[{[(]/g)?.length ?? 0) - (code.match(/[}\])]/g)?.length ?? 0);
}

/** The items of a JSON document, each in one line: those of its list, or a JSON object alone; null where the text is none. */
function itemsOf(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    const items = Array.isArray(value)
      ? value
      : isObject(value)
        ? (listIn(value) ?? [value])
        : null;
    return items?.slice(0, MAX_LINES).map((item) => JSON.stringify(item)) ?? null;
  } catch {
    return null;
  }
}

/** The list in an object, at any depth, that holds webhooks, as services give a log out: `{"events":[…]}`. */
function listIn(value: unknown): readonly unknown[] | undefined {
  if (isObject(value)) return Object.values(value).map(listIn).find(Boolean);
  const list = listOf(value);
  return list.some((item) => holdsWebhook(JSON.stringify(item))) ? list : undefined;
}

const holdsWebhook = (text: string) => namesField(text) || unlinkEventIn(text) !== null;
