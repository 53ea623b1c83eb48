/** A message that is chosen but not yet put into a language: its key in `locales/`, and what fills `$1`…`$9`. */
export type Text = readonly [key: string, ...fills: string[]];

/** Puts a message into a language. */
export type Say = (text: Text) => string;

/** Nested messages as they stand in `locales/*.yml`. */
export interface Messages {
  readonly [key: string]: unknown;
}

/** Says messages out of a locale's data, for places without the browser's own catalogue. Throws on a missing key. */
export function sayFrom(messages: Messages): Say {
  return ([key, ...fills]) => {
    let found: unknown = messages;
    for (const part of key.split('.')) found = (found as Messages | undefined)?.[part];
    if (typeof found !== 'string') throw new Error(`no message ${key}`);
    return found.replace(/\$(\d)/g, (_mark, n: string) => fills[Number(n) - 1] ?? '');
  };
}

/** Message names know no hyphen. */
export const nameOf = (id: string): string => id.replaceAll('-', '_');

/** A numbered step of a fix. */
export const step = (name: string, ...fills: string[]): Text => [
  `guidance.steps.${name}`,
  ...fills,
];

/** A possible cause, with how to tell it from the others. */
export const cause = (name: string, ...fills: string[]): Text => [
  `guidance.causes.${name}`,
  ...fills,
];
