import * as v from 'valibot';
import type { PlainNameIn } from '../../i18n/message.ts';
import { parseInstant } from '../../model/instant.ts';
import { isPlainName } from '../../model/plain-name.ts';
import { DAY_MS } from '../../model/time.ts';

/** What a field must hold, where its type alone does not say: the name of its words in `locales/`. */
export type ExpectedName = PlainNameIn<'report.expected'>;

/** The words for a field that does not pass: an issue carries their name as its message. */
const expected = (name: ExpectedName): ExpectedName => name;

/** Text of at most `maxLength` characters. */
export const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));

/** A name that is used as a key: not empty, and none that every object has. */
export const name = (maxLength: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(maxLength),
    v.check(isPlainName, expected('no_reserved')),
  );

const isInstant = (at: string) => {
  const instant = parseInstant(at);
  return instant !== null && new Date(instant).toISOString() === at;
};

/** ISO 8601 UTC with milliseconds. */
export const iso = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, expected('instant')),
  v.check(isInstant, expected('real_instant')),
);

/** A whole number between two others. */
const wholeNumber = (least: number, greatest: number, words: ExpectedName) =>
  v.pipe(
    v.number(),
    v.integer(expected(words)),
    v.minValue(least, expected(words)),
    v.maxValue(greatest, expected(words)),
  );

export const count = wholeNumber(0, 1e9, 'count');
export const httpStatus = wholeNumber(0, 999, 'status');
export const kakaoCode = v.nullable(wholeNumber(-99_999, 99_999, 'code'));
export const method = v.pipe(v.string(), v.regex(/^[A-Z]{1,10}$/, expected('method')));
export const path = text(400);
export const source = v.picklist(['browser', 'server', 'har', 'tester', 'callback']);

/** An app key: whole, masked, or the word `unknown`. */
export const clientId = v.pipe(
  v.string(),
  v.regex(/^[\w.\-…~]{1,80}$/, expected('app_key')),
  v.check(isPlainName, expected('no_reserved')),
);

/** What stands for an app key, see `hashAppKey`. */
export const keyHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{10}$/, expected('key_hash')));

/** An origin such as `https://shop.example`. */
export const site = v.pipe(text(300), v.regex(/^https?:\/\/[^\s/"'<>]+$/, expected('origin')));
export const linkMode = v.picklist(['auto', 'manual', 'unknown']);
export const fixedUserId = v.picklist(['on', 'off', 'unknown']);
export const windowMs = v.nullable(wholeNumber(1, DAY_MS, 'window'));
/** Epoch ms. */
export const epochMs = v.pipe(
  v.number(),
  v.minValue(-8.64e15, expected('epoch')),
  v.maxValue(8.64e15, expected('epoch')),
);
/** Hours of the policy's window. */
export const hours = v.pipe(
  v.number(),
  v.minValue(0, expected('hours')),
  v.maxValue(1000, expected('hours')),
);
