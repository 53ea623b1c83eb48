import { DOCS } from '../../../kakao/docs-links.ts';
import { linkMode } from '../../../model/app.ts';
import type { VerdictName } from '../../../model/verdict.ts';
import type { Login } from '../../../model/login.ts';
import { stepsUnder } from '../refusals/refused-calls.ts';
import type { SessionRule } from '../../rule.ts';
import type { SessionSpan, RuleContext } from '../../context.ts';
import { step } from '../../text.ts';

/** One login may have been left open on purpose. */
const ENOUGH = 2;
/** Younger ones may still be at it. */
const YOUNG_MS = 10 * 60_000;

const FIX = [step('compare_releases'), step('call_user_me')];

/** First logins reached a qualifying call in an earlier session and do not any more (kakao.md 7). */
export const stoppedCompleting: SessionRule = {
  id: 'stopped-completing',
  applies: 'session',
  severity: 'error',
  docs: DOCS.notice,
  fix: FIX,
  check(whole) {
    const { session, sessionsBefore = [], loginState } = whole.context;
    if (!session) return [];
    const spans = [...sessionsBefore, session].toSorted((a, b) => a.startedAt - b.startedAt);
    const bySession = Map.groupBy(
      [...loginState.logins.values()].filter((l) => isTelling(whole, l)),
      (l) => spanAt(spans, l.loggedInAt)?.id,
    );
    const now = bySession.get(session.id) ?? [];
    return [...Map.groupBy(now, (l) => l.clientId)].flatMap(([clientId, logins]) => {
      if (logins.length < ENOUGH || logins.some((l) => isDone(whole, l))) return [];
      const before = spans
        .slice(0, spans.indexOf(session))
        .findLast((s) => bySession.get(s.id)?.some((l) => l.clientId === clientId));
      const then = bySession.get(before?.id)?.filter((l) => l.clientId === clientId) ?? [];
      if (!before || !then.every((l) => isDone(whole, l))) return [];
      return [
        {
          about: clientId,
          evidence: logins.map((l) => l.id),
          fix: stepsUnder(linkMode(whole.appOf(clientId)), FIX),
          args: [session.build || session.name, before.build || before.name],
        },
      ];
    });
  },
};

const DONE: readonly VerdictName[] = ['complete', 'late'];
const isDone = (whole: RuleContext, l: Login) => DONE.includes(whole.verdictOf(l).verdict);

/** A first login whose calls could be seen and whose site had time to make them. */
function isTelling(whole: RuleContext, l: Login): boolean {
  const { verdict, visibility } = whole.verdictOf(l);
  if (l.kind !== 'first' || visibility === 'none') return false;
  return verdict === 'pending'
    ? whole.now - l.loggedInAt >= YOUNG_MS
    : isDone(whole, l) || verdict === 'missed';
}

const spanAt = (spans: readonly SessionSpan[], at: number) =>
  spans.findLast((s) => s.startedAt <= at);
