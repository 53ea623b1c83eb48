/** Shows on a terminal how far a check has come, where it takes long enough to wonder. */
export interface Progress {
  /** Says how many bytes are going to be read. */
  begin: (totalBytes: number) => void;
  /** Passes the chunks of a file on and counts them. */
  count: (name: string, chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;
  say: (what: string) => void;
  /** Takes the line away. */
  end: () => void;
}

/** What takes less than this, in ms, is not shown. */
const PATIENCE_MS = 1000;
const PAUSE_MS = 100;
/** So many bytes surely take longer than that: shown at once, since parsing them lets nothing else run. */
const MANY_BYTES = 30_000_000;

const MB = 1_000_000;
const CLEAR_LINE = '\r\u001b[2K';

/** Keeps one line on a terminal up to date. `write` is null where there is no terminal; `clock` tells epoch ms. */
export function createProgress(
  write: ((text: string) => void) | null,
  clock: () => number,
): Progress {
  const start = clock();
  let total = 0;
  let read = 0;
  let shownAt = -Infinity;
  const show = (text: string, isNew: boolean) => {
    const now = clock();
    if (!write || (now - start < PATIENCE_MS && total < MANY_BYTES)) return;
    if (!isNew && now - shownAt < PAUSE_MS) return;
    shownAt = now;
    write(`${CLEAR_LINE}linkwatch: ${text}`);
  };
  return {
    begin: (totalBytes) => {
      total = totalBytes;
    },
    async *count(name, chunks) {
      for await (const chunk of chunks) {
        read += chunk.length;
        const of = total ? ` of ${Math.ceil(total / MB)}` : '';
        show(`reading ${name} (${Math.ceil(read / MB)}${of} MB)`, false);
        yield chunk;
      }
    },
    say: (what) => show(what, true),
    end: () => {
      if (shownAt > -Infinity) write?.(CLEAR_LINE);
    },
  };
}
