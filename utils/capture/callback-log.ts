import type { ReadCallback } from '../model/command.ts';
import { parseInstant } from '../model/instant.ts';
import { checkFields, readFields, type BadLine, type CallbackFields } from './callback-fields.ts';
import { callbackLines, namesField } from './callback-lines.ts';
import type { HashUserId } from './response-body.ts';
import { unlinkEventIn } from './unlink-event.ts';

/** One unlink callback or account-status event found in a log; `at` is epoch ms, null where the line has no time. */
export interface CallbackEntry extends CallbackFields {
  line: number;
  at: number | null;
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

const MAX_LINE_LENGTH = 10_000;
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
  for (const [line, raw] of callbackLines(text)) {
    const entry = raw.trim().slice(0, MAX_LINE_LENGTH);
    if (!entry) continue;
    const event = unlinkEventIn(entry);
    if (event === 'other' || (!event && !namesField(entry))) {
      log.other += 1;
      continue;
    }
    const read = event ? checkFields(event) : readFields(entry);
    // Anybody can call the site: what its server did not take for Kakao's tells of no cut.
    const found = typeof read !== 'string' && REFUSED.test(entry) ? 'refused' : read;
    if (typeof found === 'string') log.bad.push({ line, reason: found });
    else log.entries.push({ line, at: event?.at ?? timeOf(entry), ...found });
  }
  return log;
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
