import { maskClientId } from '../../../utils/kakao/mask-client-id.ts';
import type { JudgedLogin } from '../../shared/judged-login.ts';

/** What a login is grouped and filtered by. */
export const DIMENSIONS = ['verdict', 'site', 'app', 'kind', 'visibility'] as const;
/** One of them. */
export type Dimension = (typeof DIMENSIONS)[number];

/** A login as the table shows it, with the text that a search looks into. */
export interface LoginRow {
  id: string;
  judged: JudgedLogin;
  /** In lower case. */
  text: string;
}

/** Puts parts of a login into words, in the page's language. */
export interface RowWords {
  verdict(name: string): string;
  account(judged: JudgedLogin): string;
}

/** Returns what a login is under a dimension; an empty string where it is nothing. */
export function dimensionValue({ login, verdict }: JudgedLogin, by: Dimension): string {
  if (by === 'verdict') return verdict.verdict;
  if (by === 'visibility') return verdict.visibility;
  if (by === 'kind') return login.kind;
  return (by === 'site' ? login.site : login.clientId) ?? '';
}

/** Returns the row of a judged login; `before` is the row that was made of it at another instant. */
export function createRow(judged: JudgedLogin, words: RowWords, before?: LoginRow): LoginRow {
  const { login, verdict } = judged;
  if (before && isToldAlike(before.judged, judged)) return { ...before, judged };
  const text = [
    words.account(judged),
    login.site,
    login.clientId,
    maskClientId(login.clientId),
    ...login.calls.map((c) => `${c.method} ${c.path} ${c.status} ${c.code ?? ''}`),
    login.redirectUri,
    verdict.verdict,
    words.verdict(verdict.verdict),
    login.testerMark?.note,
  ];
  return { id: login.id, judged, text: text.join('\n').toLowerCase() };
}

/** Whether the text of a login is the same as before: of the instant it holds but the verdict and the account's number. */
const isToldAlike = (a: JudgedLogin, b: JudgedLogin) =>
  a.login === b.login && a.account === b.account && a.verdict.verdict === b.verdict.verdict;
