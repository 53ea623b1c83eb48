import type { Login } from '../../../utils/model/login.ts';
import type { Slices } from '../../../utils/model/slices.ts';
import type { ReportScope } from '../../../utils/report/report-scope.ts';
import { countVerdicts, type VerdictCounts } from '../../../utils/report/verdict-counts.ts';
import { judgeLogin, numberAccounts, numberAccountsOfFiles } from '../../shared/judged-login.ts';
import { choicesBy } from './filter-rows.ts';
import {
  createRow,
  DIMENSIONS,
  type Dimension,
  type LoginRow,
  type RowWords,
} from './login-row.ts';
import { sortRowsInSlices, type Sort } from './sort-rows.ts';

/** The rows of a scope's logins, and what is known of all of them, which takes a look at each. */
export interface MadeRows {
  scope: ReportScope | null;
  /** One a login, in no order. */
  rows: LoginRow[];
  /** The same in an order. */
  sort: Sort;
  sorted: LoginRow[];
  /** What there is to filter by. */
  choices: Record<Dimension, string[]>;
  byVerdict: VerdictCounts['byVerdict'];
  /** How many logins there are of each visibility's reason. */
  byReason: ReadonlyMap<string, number>;
}

/** The row that was last made of each login. */
export type RowsBefore = WeakMap<Login, LoginRow>;

/** Makes them for an instant (epoch ms), with a stop after each row and each look at all of them. */
export function* makeRows(
  scope: ReportScope | null,
  at: number,
  words: RowWords,
  sort: Sort,
  before: RowsBefore,
): Slices<MadeRows> {
  const rows: LoginRow[] = [];
  const byReason = new Map<string, number>();
  // An account has the number of its earliest login, which may be in another session.
  const accounts = scope?.live
    ? numberAccounts([...scope.loginState.logins.values()])
    : numberAccountsOfFiles(scope?.logins ?? []);
  for (const login of scope?.logins ?? []) {
    const judged = judgeLogin(login, scope?.loginState.apps ?? new Map(), at, accounts);
    const row = createRow(judged, words, before.get(login));
    before.set(login, row);
    rows.push(row);
    const reason = judged.verdict.visibilityBecause;
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    yield;
  }
  const sorted = yield* sortRowsInSlices(rows, sort);
  const choices: [Dimension, string[]][] = [];
  for (const by of DIMENSIONS) {
    choices.push([by, choicesBy(rows, by)]);
    yield;
  }
  const { byVerdict } = countVerdicts(rows.map((row) => row.judged.verdict.verdict));
  return {
    scope,
    rows,
    sort,
    sorted,
    choices: Object.fromEntries(choices) as MadeRows['choices'],
    byVerdict,
    byReason,
  };
}
