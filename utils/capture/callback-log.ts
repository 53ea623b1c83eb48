import type { ReadCallback } from '../model/command.ts';
import { parseInstant } from '../model/instant.ts';
import { isObject, listOf, parseObject } from '../model/json.ts';
import type { HashUserId } from './response-body.ts';
import { unlinkEventIn } from './unlink-event.ts';

/**
 * Kakao's names for why a link was cut; the last two stand in account-status events alone. See
 * docs/kakao-rules.md#unlink-callback and docs/kakao-rules.md#account-status.
 */
const REFERRER_TYPES = [
  'ACCOUNT_DELETE',
  'FORCED_ACCOUNT_DELETE',
  'UNLINK_FROM_ADMIN',
  'UNLINK_FROM_APPS',
  'INCOMPLETE_SIGN_UP',
  'UNLINK_FROM_SERVICE',
  'REVOKE_ACCOUNT_SERVICE_TERMS',
] as const;

/** Why a line that has fields of a callback cannot be read. */
export type BadLine =
  | 'no-fields'
  | 'no-user-id'
  | 'bad-user-id'
  | 'no-referrer-type'
  | 'unknown-referrer-type'
  | 'refused';

/** One unlink callback or account-status event found in a log; `at` is epoch ms, null where the line has no time. */
export interface CallbackEntry {
  line: number;
  at: number | null;
  appId: string | null;
  userId: string;
  referrerType: (typeof REFERRER_TYPES)[number];
}

/**
 * A log as it was read; of a JSON list each item counts as a line. Lines without any of a callback's fields are counted as
 * `other`, not as bad.
 */
export interface CallbackLog {
  entries: CallbackEntry[];
  bad: { line: number; reason: BadLine }[];
  other: number;
}

/** No log of the largest size that is read has more lines that could hold a webhook. */
const MAX_LINES = 1_000_000;
const MAX_LINE_LENGTH = 10_000;
/** An object that was printed over more lines is not put together. */
const MAX_OBJECT_LINES = 100;
const FIELDS = /\b(?:app_id|user_id|referrer_type|[rR]eferrerType)\b/;
/** A field as programs print it, by Kakao's name or in camel case, its first letter either way, and its value up to what ends it; its quotes may be escaped. */
const PRINTED =
  /\b(app_id|user_id|referrer_type|[aA]pp(?:Id|ID)|[uU]ser(?:Id|ID)|[rR]eferrerType)\b\\?["'\]]{0,2} ?(?:=>|[=:]) ?[["'(\\]{0,3}([^\s,;&"'()[\]{}\\]+)/g;
/**
 * How an access log says that the site's server answered with 401 or 403: behind the request, in a field called status, or as
 * AWS load balancers do, before the sizes and the request. Quotes may be escaped.
 */
const REFUSED =
  / HTTP\/\d(?:\.\d)?\\?" 40[13]\b|status(?:_?code)?\\?["']?(?: ?[:=] ?| => )\\?["']?40[13]\b| 40[13] (?:40[13]|-) \d+ \d+ \\?"[A-Z]+ /i;

/**
 * Reads a log of unlink callbacks and account-status events: query strings, form bodies, JSON, access-log lines, fields as
 * programs print them, also over several lines, and signed event tokens, in any mixture. Lists unreadable lines, but for those
 * that tell of no cut.
 */
export function parseCallbackLog(text: string): CallbackLog {
  const log: CallbackLog = { entries: [], bad: [], other: 0 };
  const content = text.replace(/^\uFEFF/, '');
  const items = itemsOf(content)?.map((item, i): Line => [i + 1, item]);
  for (const [line, raw] of items ?? linesOf(content.split(/\r\n|\n|\r/, MAX_LINES))) {
    const entry = raw.trim().slice(0, MAX_LINE_LENGTH);
    if (!entry) continue;
    const event = unlinkEventIn(entry);
    if (event === 'other' || (!event && !FIELDS.test(entry))) {
      log.other += 1;
      continue;
    }
    const read = event ? checked(event.userId, event.reason, event.appId) : entryOf(entry);
    // Anybody can call the site: what its server did not take for Kakao's tells of no cut.
    const found = typeof read !== 'string' && REFUSED.test(entry) ? 'refused' : read;
    if (typeof found === 'string') log.bad.push({ line, reason: found });
    else log.entries.push({ line, at: event?.at ?? timeOf(entry), ...found });
  }
  return log;
}

/** What counts as a line, with its number. */
type Line = readonly [number: number, text: string];

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

const holdsWebhook = (text: string) => FIELDS.test(text) || unlinkEventIn(text) !== null;

type Fields = Pick<CallbackEntry, 'appId' | 'userId' | 'referrerType'>;

/** What the first reader that fits makes of a line; where none does, what the first that found a field misses. */
function entryOf(content: string): Fields | BadLine {
  const read = [jsonFields, formFields, printedFields].flatMap((readFields) => {
    const fields = readFields(content);
    return fields ? checked(fields('user_id'), fields('referrer_type'), fields('app_id')) : [];
  });
  return read.find((found) => typeof found !== 'string') ?? read[0] ?? 'no-fields';
}

/** Lets fields pass that have the shapes Kakao gives them. */
function checked(
  userId: string | null,
  type: string | null,
  appId: string | null,
): Fields | BadLine {
  if (!userId) return 'no-user-id';
  if (!/^\d{1,20}$/.test(userId)) return 'bad-user-id';
  if (!type) return 'no-referrer-type';
  const referrerType = REFERRER_TYPES.find((t) => t === type);
  if (!referrerType) return 'unknown-referrer-type';
  return { userId, referrerType, appId: appId && /^\d{1,20}$/.test(appId) ? appId : null };
}

/** Gives the value of a field by its name; null where the line does not have it. */
type FieldReader = (name: string) => string | null;

/** Reads the fields of a JSON object anywhere in the line, also one level down (`{"body":{…}}`). */
function jsonFields(content: string): FieldReader | null {
  const from = content.indexOf('{');
  const to = content.lastIndexOf('}');
  if (from < 0 || to < from) return null;
  const value = parseObject(content.slice(from, to + 1));
  if (!value) return null;
  const inner = Object.values(value).find((v) => isObject(v) && Object.hasOwn(v, 'user_id'));
  const holder = Object.hasOwn(value, 'user_id') ? value : isObject(inner) ? inner : null;
  if (!holder) {
    const text = Object.values(value).find((v) => typeof v === 'string' && FIELDS.test(v));
    return typeof text === 'string' ? formFields(text) : () => null;
  }
  return (name) => {
    const v = Object.hasOwn(holder, name) ? holder[name] : null;
    return typeof v === 'string' || typeof v === 'number' ? String(v) : null;
  };
}

/** Reads the fields of a query string or form body anywhere in the line. */
function formFields(content: string): FieldReader | null {
  const pairs = /(?:^|[?&\s"'(])((?:[\w.-]+=[^&\s"')]*)(?:&[\w.-]+=[^&\s"')]*)*)/g;
  for (const [, text = ''] of content.matchAll(pairs)) {
    const form = new URLSearchParams(text);
    if (['user_id', 'referrer_type', 'app_id'].some((f) => form.has(f))) return (n) => form.get(n);
  }
  return null;
}

/** Reads fields as programs print maps and objects in their logs: `user_id: '1'`, `"user_id" => "1"`, `userId=1`. */
function printedFields(content: string): FieldReader | null {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of content.matchAll(PRINTED)) {
    const field = name.replace(/(?<=[a-z])[A-Z]/, (capital) => `_${capital}`).toLowerCase();
    if (!found.has(field)) found.set(field, value);
  }
  return found.size ? (name) => found.get(name) ?? null : null;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** An instant since 2001 in seconds and what is left of them, in ms or behind a point, by the names that loggers give it. */
const LOGGED_TIME = /"(?:time|timestamp|ts)": ?(\d{10})(?:(\d{3})|\.(\d+))?\b/;

/** Reads the instant (epoch ms) a line names: an access log's bracket, the first ISO 8601 date-time with a zone, or a logger's own. */
function timeOf(content: string): number | null {
  const bracket =
    /\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})\]/.exec(content);
  if (bracket) {
    const [, day, month = '', year, time, hours, minutes] = bracket;
    const number = String(MONTHS.indexOf(month) / 3 + 1).padStart(2, '0');
    return parseInstant(`${year}-${number}-${day}T${time}${hours}:${minutes}`);
  }
  const iso = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/.exec(
    content,
  );
  if (iso) return parseInstant(iso[0].replace(' ', 'T'));
  const [, seconds, ms, rest = ms ?? ''] = LOGGED_TIME.exec(content) ?? [];
  return seconds === undefined ? null : Number(seconds + rest.slice(0, 3).padEnd(3, '0'));
}

/** An entry as the worker is told of it: the user id becomes a salted hash. */
export async function hashedCallback(
  { at, appId, userId, referrerType }: CallbackEntry,
  hash: HashUserId,
): Promise<ReadCallback> {
  const account = await hash(userId);
  return { ...(at === null ? {} : { at }), appId, account, referrerType };
}
