/** Something the user can mend: shown as one line, exit code 2. */
export class Problem extends Error {}

/** A text as one line that a terminal does not obey. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
