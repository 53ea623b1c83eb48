import { CLIENT_SECRET } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { koeError } from '../../../kakao/koe-errors.ts';
import { MINUTE_MS } from '../../../model/time.ts';
import type { VerdictName } from '../../../model/verdict.ts';
import { explainError } from '../../rule-parts/error-explanation.ts';
import { FIRST_LOGIN_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step, type CauseName } from '../../text.ts';

/** What a status may mean where the code of the error is not known, likeliest first. */
const POSSIBLE_CAUSES: Record<number, readonly CauseName[]> = {
  400: ['koe320', 'koe303', 'koe114', 'koe009', 'koe310', 'koe237'],
  401: ['koe010', 'koe101'],
  429: ['koe237'],
};

/** A request that does not say its grant may be a refresh, unless it comes this soon after the login. */
const SOON_MS = 10 * MINUTE_MS;
/** Under these verdicts the link is known to exist, so the failure is only a note. */
const LINKED_VERDICTS: readonly VerdictName[] = ['complete', 'late'];

/**
 * Fires when Kakao refused to exchange the code and nothing shows that it did later, so that it does not count the login.
 * See docs/kakao-rules.md#token.
 */
export const exchangeFailed: LoginRule = {
  id: 'exchange-failed',
  applies: 'login',
  severity: 'error',
  verdicts: FIRST_LOGIN_VERDICTS,
  docs: DOCS.errors,
  fix: [step('read_code'), step('log_in_again')],
  check({ login, tokenRequests, calls, verdict }) {
    const exchanges = tokenRequests.filter(
      (t) =>
        t.grant === 'authorization_code' ||
        (t.grant === null && Math.abs(t.at - login.loggedInAt) <= SOON_MS),
    );
    const failed = exchanges.filter((t) => t.status >= 400);
    const last = failed.at(-1);
    const succeeded =
      exchanges.some((t) => t.status === 200) || calls.some((c) => c.status === 200);
    if (!last || succeeded) return null;
    const known = last.error ? koeError(last.error) : undefined;
    const evidence = failed.map((t) => t.id);
    const severity = LINKED_VERDICTS.includes(verdict.verdict) ? 'info' : 'error';
    if (!known)
      return {
        evidence,
        severity,
        args: [last.error ?? String(last.status)],
        causes: last.error ? [] : (POSSIBLE_CAUSES[last.status] ?? []).map((name) => cause(name)),
        place: last.status === 401 ? CLIENT_SECRET : undefined,
      };
    const { meaning, remedy } = explainError(known);
    return {
      evidence,
      severity,
      args: [known.code],
      detail: meaning,
      fix: [remedy, step('log_in_again')],
      place: known.place,
    };
  },
};
