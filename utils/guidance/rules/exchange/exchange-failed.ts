import { CLIENT_SECRET } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { koeError } from '../../../kakao/koe-errors.ts';
import type { VerdictName } from '../../../model/verdict.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, codeMessage, step, type CauseName } from '../../text.ts';

const POSSIBLE: Record<number, readonly CauseName[]> = {
  400: ['koe320', 'koe303', 'koe009', 'koe310', 'koe237'],
  401: ['koe010', 'koe101'],
  429: ['koe237'],
};

/** A request that does not say its grant may be a refresh, unless it comes this soon after the login. */
const SOON_MS = 600_000;
/** Verdicts beside which it can be no more than a note: the link is known to have come about. */
const SETTLED: readonly VerdictName[] = ['complete', 'late'];

/** The code was never turned into a token, so Kakao does not count the login as done (kakao.md 2.4). */
export const exchangeFailed: LoginRule = {
  id: 'exchange-failed',
  applies: 'login',
  severity: 'error',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.errors,
  fix: [step('read_code'), step('log_in_again')],
  check({ login, tokens, calls, verdict }) {
    const codes = tokens.filter(
      (t) =>
        t.grant === 'authorization_code' ||
        (t.grant === null && Math.abs(t.at - login.loggedInAt) <= SOON_MS),
    );
    const bad = codes.filter((t) => t.status >= 400);
    const last = bad.at(-1);
    const worked = codes.some((t) => t.status === 200) || calls.some((c) => c.status === 200);
    if (!last || worked) return null;
    const known = last.error ? koeError(last.error) : undefined;
    const evidence = bad.map((t) => t.id);
    const severity = SETTLED.includes(verdict.verdict) ? 'info' : 'error';
    if (!known)
      return {
        evidence,
        severity,
        args: [last.error ?? String(last.status)],
        causes: last.error ? [] : (POSSIBLE[last.status] ?? []).map((name) => cause(name)),
        place: last.status === 401 ? CLIENT_SECRET : undefined,
      };
    return {
      evidence,
      severity,
      args: [known.code],
      detail: codeMessage(known.words, 'meaning'),
      fix: [codeMessage(known.words, 'remedy'), step('log_in_again')],
      place: known.place,
    };
  },
};
