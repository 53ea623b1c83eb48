import { CLIENT_SECRET } from '../../kakao/console.ts';
import { DOCS } from '../../kakao/docs-links.ts';
import { koeError } from '../../kakao/koe-errors.ts';
import { FIRST, type LoginRule } from '../rule.ts';
import { cause, step } from '../text.ts';

const POSSIBLE: Record<number, readonly string[]> = {
  400: ['koe320', 'koe303', 'koe009', 'koe310'],
  401: ['koe010', 'koe101'],
  429: ['koe237'],
};

/** The code was never turned into a token, so Kakao does not count the login as done (kakao.md 2.4). */
export const exchangeFailed: LoginRule = {
  id: 'exchange-failed',
  applies: 'login',
  severity: 'error',
  beside: FIRST,
  docs: DOCS.errors,
  fix: [step('read_code'), step('log_in_again')],
  evidence({ tokens, calls }) {
    const codes = tokens.filter((t) => t.grant !== 'refresh_token');
    const bad = codes.filter((t) => t.status >= 400);
    const last = bad.at(-1);
    const worked = codes.some((t) => t.status === 200) || calls.some((c) => c.status === 200);
    if (!last || worked) return null;
    const known = last.error ? koeError(last.error) : undefined;
    const evidence = bad.map((t) => t.id);
    if (!known)
      return {
        evidence,
        fills: [last.error ?? String(last.status)],
        causes: last.error ? [] : (POSSIBLE[last.status] ?? []).map((name) => cause(name)),
        place: last.status === 401 ? CLIENT_SECRET : undefined,
      };
    return {
      evidence,
      fills: [known.code],
      detail: [`errors.${known.words}.meaning`],
      fix: [[`errors.${known.words}.remedy`], step('log_in_again')],
      place: known.place,
    };
  },
};
