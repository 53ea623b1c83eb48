import { atOnce, type Slices } from '../../../utils/model/slices.ts';
import { WORST_FIRST } from '../../../utils/report/verdict-counts.ts';
import { dimensionValue, type Dimension, type LoginRow } from './login-row.ts';

/** A column of the table. */
export type SortKey = Dimension | 'account' | 'loggedIn' | 'deadline';

/** The order of the table. */
export interface Sort {
  by: SortKey;
  /** Whether the order is turned round. */
  down: boolean;
}

interface RankedRow {
  row: LoginRow;
  rank: string | number;
  /** Epoch ms. */
  at: number;
}

/** How many rows are sorted or merged between two stops. */
const SLICE_ROWS = 1000;

/** Returns the rows in order; rows that are equal stay newest first. */
export function sortRows(rows: readonly LoginRow[], sort: Sort): LoginRow[] {
  return atOnce(sortRowsInSlices(rows, sort));
}

/** Does the same with stops: sorts some at a time, then merges what was sorted. */
export function* sortRowsInSlices(
  rows: readonly LoginRow[],
  { by, down }: Sort,
): Slices<LoginRow[]> {
  const sign = down ? -1 : 1;
  const compare = (a: RankedRow, b: RankedRow) => {
    if (a.rank === b.rank) return b.at - a.at;
    const isLess =
      typeof a.rank === typeof b.rank ? a.rank < b.rank : String(a.rank) < String(b.rank);
    return isLess ? -sign : sign;
  };
  let runs: RankedRow[][] = [];
  for (let from = 0; from < rows.length; from += SLICE_ROWS) {
    const some = rows.slice(from, from + SLICE_ROWS);
    const ranked = some.map((row) => ({
      row,
      rank: rankOf(row, by),
      at: row.judged.login.loggedInAt,
    }));
    runs.push(ranked.sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: RankedRow[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(yield* merge(runs[i] ?? [], runs[i + 1] ?? [], compare));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ row }) => row);
}

/** Merges two sorted lists; of equal items those of `a` come first. */
function* merge<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): Slices<T[]> {
  const merged: T[] = [];
  let taken = 0;
  for (const item of a) {
    for (let other = b[taken]; other !== undefined; other = b[taken]) {
      if (compare(other, item) >= 0) break;
      merged.push(other);
      taken += 1;
    }
    merged.push(item);
    if (merged.length % SLICE_ROWS === 0) yield;
  }
  return [...merged, ...b.slice(taken)];
}

function rankOf({ judged }: LoginRow, by: SortKey): string | number {
  const { login, verdict } = judged;
  if (by === 'verdict') return WORST_FIRST.indexOf(verdict.verdict);
  if (by === 'loggedIn') return login.loggedInAt;
  if (by === 'deadline') return verdict.deadline;
  if (by === 'account') return login.label ?? judged.account;
  return dimensionValue(judged, by);
}
