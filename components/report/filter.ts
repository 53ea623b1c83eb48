import { WORST_FIRST } from '../../utils/report/verdict-counts.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { maskClientId } from '../../utils/kakao/mask-client-id.ts';

/** What may be filtered by besides a text; an empty string lets all pass. */
export const DIMENSIONS = ['verdict', 'site', 'app', 'kind', 'visibility'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type Filter = Record<Dimension | 'text', string>;

export const NO_FILTER: Filter = {
  text: '',
  verdict: '',
  site: '',
  app: '',
  kind: '',
  visibility: '',
};

export type SortKey = Dimension | 'account' | 'loggedIn' | 'deadline';
export interface Sort {
  by: SortKey;
  down: boolean;
}

/** A login as the table has it, with the text that a search looks into. */
export interface Row {
  id: string;
  judged: JudgedLogin;
  text: string;
}

/** What a login is under one of the dimensions. */
export function valueOf({ login, verdict }: JudgedLogin, by: Dimension): string {
  if (by === 'verdict') return verdict.verdict;
  if (by === 'visibility') return verdict.visibility;
  if (by === 'kind') return login.kind;
  return (by === 'site' ? login.site : login.clientId) ?? '';
}

/** Rows of judged logins; `wordOf` writes a verdict. */
export function rowsOf(
  judged: readonly JudgedLogin[],
  wordOf: (verdict: string) => string,
  nameOf: (judged: JudgedLogin) => string,
): Row[] {
  return judged.map((j) => {
    const { login, verdict } = j;
    const calls = login.calls.map((c) => `${c.method} ${c.path} ${c.status} ${c.code ?? ''}`);
    const words = [nameOf(j), login.site, login.clientId, maskClientId(login.clientId), ...calls];
    const about = [
      login.redirectUri,
      verdict.verdict,
      wordOf(verdict.verdict),
      login.testerMark?.note,
    ];
    return { id: login.id, judged: j, text: [...words, ...about].join('\n').toLowerCase() };
  });
}

/** Rows that pass: every word of the text is found, and every dimension is as asked. */
export function filtered(rows: readonly Row[], filter: Filter): Row[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = DIMENSIONS.filter((d) => filter[d]);
  return rows.filter(
    (row) =>
      words.every((word) => row.text.includes(word)) &&
      asked.every((d) => valueOf(row.judged, d) === filter[d]),
  );
}

/** Rows in order; those that are equal stay newest first. */
export function sorted(rows: readonly Row[], { by, down }: Sort): Row[] {
  const rank = ({ judged: j }: Row): string | number => {
    if (by === 'verdict') return WORST_FIRST.indexOf(j.verdict.verdict);
    if (by === 'loggedIn') return j.login.loggedInAt;
    if (by === 'deadline') return j.verdict.deadline;
    if (by === 'account') return j.login.label ?? j.account;
    return valueOf(j, by);
  };
  const ranked = rows.map((row) => ({ row, rank: rank(row) }));
  const sign = down ? -1 : 1;
  ranked.sort((a, b) => {
    if (a.rank !== b.rank) {
      const order =
        typeof a.rank === typeof b.rank ? a.rank < b.rank : String(a.rank) < String(b.rank);
      return order ? -sign : sign;
    }
    return b.row.judged.login.loggedInAt - a.row.judged.login.loggedInAt;
  });
  return ranked.map(({ row }) => row);
}

/** The values that rows have under each dimension, in order. */
export function choicesOf(rows: readonly Row[]): Record<Dimension, string[]> {
  const of = (by: Dimension) => {
    const found = new Set<string>();
    for (const { judged } of rows) found.add(valueOf(judged, by));
    found.delete('');
    return by === 'verdict' ? WORST_FIRST.filter((v) => found.has(v)) : [...found].sort();
  };
  return Object.fromEntries(DIMENSIONS.map((by) => [by, of(by)])) as Record<Dimension, string[]>;
}
