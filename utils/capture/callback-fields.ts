import { isObject, parseObject } from '../model/json.ts';
import { namesField } from './callback-lines.ts';
import type { UnlinkEvent } from './unlink-event.ts';

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

/** What a webhook says: which user's link was cut, of which app (null where it does not say), and why. */
export interface CallbackFields {
  appId: string | null;
  userId: string;
  referrerType: (typeof REFERRER_TYPES)[number];
}

/** A field as programs print it, by Kakao's name or in camel case, its first letter either way, and its value up to what ends it; its quotes may be escaped. */
const PRINTED =
  /\b(app_id|user_id|referrer_type|[aA]pp(?:Id|ID)|[uU]ser(?:Id|ID)|[rR]eferrerType)\b\\?["'\]]{0,2} ?(?:=>|[=:]) ?[["'(\\]{0,3}([^\s,;&"'()[\]{}\\]+)/g;

/** What the first reader that fits makes of a line; where none does, what the first that found a field misses. */
export function readFields(line: string): CallbackFields | BadLine {
  const read = [jsonFields, formFields, printedFields].flatMap((reader) => {
    const field = reader(line);
    if (!field) return [];
    return checkFields({
      userId: field('user_id'),
      reason: field('referrer_type'),
      appId: field('app_id'),
    });
  });
  return read.find((found) => typeof found !== 'string') ?? read[0] ?? 'no-fields';
}

/** Lets fields pass that have the shapes Kakao gives them. */
export function checkFields({
  userId,
  reason,
  appId,
}: Pick<UnlinkEvent, 'userId' | 'reason' | 'appId'>): CallbackFields | BadLine {
  if (!userId) return 'no-user-id';
  if (!/^\d{1,20}$/.test(userId)) return 'bad-user-id';
  if (!reason) return 'no-referrer-type';
  const referrerType = REFERRER_TYPES.find((type) => type === reason);
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
    const text = Object.values(value).find((v) => typeof v === 'string' && namesField(v));
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
