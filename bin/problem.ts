/** Something the user can mend: shown as one line, exit code 2. */
export class Problem extends Error {}

/** A text as one line that a terminal does not obey. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The problem with arguments that cannot be parsed. Node's second sentence is about files that begin with a dash. */
export function badArguments(error: unknown): Problem {
  const [what = ''] = String(error instanceof Error ? error.message : error).split(/\.\s/);
  return new Problem(`${oneLine(what)}; try linkwatch --help`);
}
