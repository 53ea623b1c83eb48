/** A JSON object whose fields nobody has checked yet. */
export type Json = Readonly<Record<string, unknown>>;

const NOTHING: Json = {};

/** Whether a parsed value is an object. A list is none: it has no named fields. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value itself where it is an object; one without fields where it is anything else. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : NOTHING;
}

/** The value itself where it is a list; an empty one where it is anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value itself where it is a text, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Reads a text as a JSON object; null where it is something else, or no JSON. */
export function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
