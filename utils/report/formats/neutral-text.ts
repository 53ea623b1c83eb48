/**
 * Characters that a program which shows a text would obey instead of showing them: controls but line break and tab,
 * marks that turn the direction of writing, and separators of lines that are no line break.
 */
const OBEYED = /(?![\n\r\t])\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/gu;

/** A text in which nothing is obeyed: each such character is replaced by U+FFFD. */
export function neutralText(text: string): string {
  return text.replace(OBEYED, '\ufffd');
}

/** A value as JSON in which nothing is obeyed: each such character is escaped, so a reader gets the same value. */
export function neutralJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    OBEYED,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
