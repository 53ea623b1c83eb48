import { objectOf } from '../../../model/json.ts';

/** As the recorder wrote them: what does not have both name and value says nothing. */
export type Headers = readonly unknown[];

/** The value of a header of any shape that has a name, given in lower case; null for every other. */
export function valueOf(header: unknown, name: string): string | null {
  const { name: own, value } = objectOf(header);
  const isNamed =
    typeof own === 'string' && own.length === name.length && own.toLowerCase() === name;
  return isNamed && typeof value === 'string' ? value : null;
}

/** The value of the first of some headers that has a name, given in lower case; null where there is none. */
export function headerIn(headers: Headers, name: string): string | null {
  for (const header of headers) {
    const value = valueOf(header, name);
    if (value !== null) return value;
  }
  return null;
}

/** The names and values of a list of form fields, or headers, that have both. */
export function fieldList(value: readonly unknown[]): [string, string][] {
  const fields: [string, string][] = [];
  for (const item of value) {
    const { name, value: text } = objectOf(item);
    if (typeof name === 'string' && typeof text === 'string') fields.push([name, text]);
  }
  return fields;
}
