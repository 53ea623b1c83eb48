import * as v from 'valibot';

/** Rejects names such as `constructor`, which every object has: as keys of a record they would not be data. */
const isPlainName = (name: string) => !(name in Object.prototype);

/** Text of at most `maxLength` characters. */
export const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));

/** A name that is used as a key: not empty, and none that every object has. */
export const name = (maxLength: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength), v.check(isPlainName, 'reserved name'));

const isInstant = (at: string) => !Number.isNaN(Date.parse(at));

/** ISO 8601 UTC with milliseconds. */
export const iso = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'ISO 8601 in UTC with milliseconds'),
  v.check(isInstant, 'no such day or time'),
);

export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
export const httpStatus = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999));
export const kakaoCode = v.nullable(
  v.pipe(v.number(), v.integer(), v.minValue(-99_999), v.maxValue(99_999)),
);
export const method = v.pipe(v.string(), v.regex(/^[A-Z]{1,10}$/, 'a method in capitals'));
export const path = text(400);
export const source = v.picklist(['browser', 'server', 'har', 'tester', 'callback']);

/** An app key: whole, masked, or the word `unknown`. */
export const clientId = v.pipe(
  v.string(),
  v.regex(/^[\w.\-…~]{1,80}$/, 'an app key'),
  v.check(isPlainName, 'reserved name'),
);

/** An origin such as `https://shop.example`. */
export const site = v.pipe(text(300), v.regex(/^https?:\/\/[^\s/"'<>]+$/, 'an origin'));
export const linkMode = v.picklist(['auto', 'manual', 'unknown']);
export const fixedUserId = v.picklist(['on', 'off', 'unknown']);
export const windowMs = v.nullable(
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400_000)),
);
