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

/** Returns the rows in order; rows that are equal stay newest first. */
export function sortRows(rows: readonly LoginRow[], { by, down }: Sort): LoginRow[] {
  const ranked = rows.map((row) => ({ row, rank: rankOf(row, by) }));
  const sign = down ? -1 : 1;
  ranked.sort((a, b) => {
    if (a.rank === b.rank) return b.row.judged.login.loggedInAt - a.row.judged.login.loggedInAt;
    const isLess =
      typeof a.rank === typeof b.rank ? a.rank < b.rank : String(a.rank) < String(b.rank);
    return isLess ? -sign : sign;
  });
  return ranked.map(({ row }) => row);
}

function rankOf({ judged }: LoginRow, by: SortKey): string | number {
  const { login, verdict } = judged;
  if (by === 'verdict') return WORST_FIRST.indexOf(verdict.verdict);
  if (by === 'loggedIn') return login.loggedInAt;
  if (by === 'deadline') return verdict.deadline;
  if (by === 'account') return login.label ?? judged.account;
  return dimensionValue(judged, by);
}
