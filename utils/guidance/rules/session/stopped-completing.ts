import { DOCS } from '../../../kakao/docs-links.ts';
import { linkMode } from '../../../model/app.ts';
import type { Login } from '../../../model/login.ts';
import { MINUTE_MS } from '../../../model/time.ts';
import type { VerdictName } from '../../../model/verdict.ts';
import { completionOf } from '../../../verdict/derive/completion.ts';
import type { SessionContext, SessionSpan } from '../../rule-context.ts';
import { mayBeCompleted } from '../../rule-parts/calls.ts';
import { stepsForLinkMode } from '../../rule-parts/link-mode-steps.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** A single login may have been left open on purpose. */
const MIN_LOGINS = 2;
/** The site of a younger login may still be about to call. */
const MIN_AGE_MS = 10 * MINUTE_MS;

const FIX = [step('compare_releases'), step('call_user_me')];

/**
 * Fires when first logins of an app were completed in an earlier session and are not any more. See
 * docs/kakao-rules.md#completion.
 */
export const stoppedCompleting: SessionRule = {
  id: 'stopped-completing',
  applies: 'session',
  severity: 'error',
  docs: DOCS.notice,
  fix: FIX,
  check(context) {
    const { session, sessionsBefore = [], loginState } = context.input;
    if (!session) return [];
    const spans = [...sessionsBefore, session].toSorted((a, b) => a.startedAt - b.startedAt);
    const bySession = Map.groupBy(
      [...loginState.logins.values()].filter((l) => isComparable(context, l)),
      (l) => spanAt(spans, l.loggedInAt)?.id,
    );
    const current = bySession.get(session.id) ?? [];
    return [...Map.groupBy(current, (l) => l.clientId)].flatMap(([clientId, logins]) => {
      if (logins.length < MIN_LOGINS || logins.some((l) => isCompleted(context, l))) return [];
      const earlier = spans
        .slice(0, spans.indexOf(session))
        .findLast((s) => bySession.get(s.id)?.some((l) => l.clientId === clientId));
      const then = bySession.get(earlier?.id)?.filter((l) => l.clientId === clientId) ?? [];
      if (!earlier || !then.every((l) => isCompleted(context, l))) return [];
      return [
        {
          subject: clientId,
          evidence: logins.map((l) => l.id),
          fix: stepsForLinkMode(linkMode(context.appOf(clientId)), FIX),
          args: [session.build || session.name, earlier.build || earlier.name],
        },
      ];
    });
  },
};

const COMPLETED_VERDICTS: readonly VerdictName[] = ['complete', 'late'];

/** Tells whether a login is completed, or was before its link was cut. */
function isCompleted(context: SessionContext, l: Login): boolean {
  const { verdict } = context.verdictOf(l);
  if (verdict === 'unlinked') return completionOf(l, context.appOf(l.clientId)) !== null;
  return COMPLETED_VERDICTS.includes(verdict);
}

/** Tells whether a login is a first login whose calls could be seen and whose site had time to make them. */
function isComparable(context: SessionContext, l: Login): boolean {
  const { verdict, visibility } = context.verdictOf(l);
  if (l.kind !== 'first' || visibility === 'none') return false;
  if (isCompleted(context, l)) return true;
  // A call that may be of it, or that nobody can see, is not known to be missing.
  if (mayBeCompleted(l) || l.openDoubts.length > 0) return false;
  return verdict === 'pending' ? context.now - l.loggedInAt >= MIN_AGE_MS : verdict === 'missed';
}

/** Returns the session that was open at an instant (epoch ms), of sessions in order of their start. */
const spanAt = (spans: readonly SessionSpan[], at: number) =>
  spans.findLast((s) => s.startedAt <= at);
