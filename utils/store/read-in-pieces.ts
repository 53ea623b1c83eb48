/** How many rows are read at once: the browser unpacks them in some milliseconds. */
export const PIECE = 500;

/** What can be read in the order of its keys, by one request after the other. */
interface Readable<Row> {
  getAll(range: IDBKeyRange | undefined, count: number): Promise<Row[]>;
}

/**
 * Reads all rows after a key, or all, in the order of their keys. The browser unpacks the rows of a request at one go, and holds
 * up whatever shares the thread meanwhile: many rows come by many requests. `keyOf` gives a row's primary key, `take` what is kept
 * of it.
 */
export async function readInPieces<Row, Kept>(
  source: Readable<Row>,
  keyOf: (row: Row) => IDBValidKey,
  take: (row: Row) => Kept,
  after?: IDBValidKey,
): Promise<Kept[]> {
  const rows: Kept[] = [];
  let last = after;
  for (;;) {
    const range = last === undefined ? undefined : IDBKeyRange.lowerBound(last, true);
    const piece = await source.getAll(range, PIECE);
    for (const row of piece) rows.push(take(row));
    const end = piece.at(-1);
    if (end === undefined || piece.length < PIECE) return rows;
    last = keyOf(end);
  }
}
