import { UNLINK_WEBHOOK } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import type { CallbackFact, Observation } from '../../../model/observation.ts';
import { HOUR_MS } from '../../../model/time.ts';
import type { SessionRule } from '../../rule.ts';
import { cause, step } from '../../text.ts';

/** A few are people who gave up; so many on one day are more likely a release that stopped calling. */
const MANY = 5;
const SEOUL_OFFSET_MS = 9 * HOUR_MS;

/** Returns the day in Seoul (`2026-11-22`) of an instant in epoch ms. */
const seoulDay = (at: number) => new Date(at + SEOUL_OFFSET_MS).toISOString().slice(0, 10);

/** How many users were cut: Kakao tells a cut twice where both of its webhooks are registered. */
const usersOf = (callbacks: readonly Observation<CallbackFact>[]) =>
  new Set(callbacks.map((o) => o.account ?? o.id)).size;

/**
 * Fires once for each day in Seoul on which Kakao cut many links as incomplete sign-ups. See
 * docs/kakao-rules.md#unlink-callback.
 */
export const manyIncompleteCallbacks: SessionRule = {
  id: 'many-incomplete-callbacks',
  applies: 'session',
  severity: 'error',
  place: UNLINK_WEBHOOK,
  docs: DOCS.callback,
  fix: [step('compare_releases'), step('complete_in_time')],
  check({ byType }) {
    const callbacks = byType('unlink-callback').filter(
      (o) => o.referrerType === 'INCOMPLETE_SIGN_UP' && o.timeKnown,
    );
    return [...Map.groupBy(callbacks, (o) => seoulDay(o.at))]
      .map(([day, found]) => ({ day, found, users: usersOf(found) }))
      .filter(({ users }) => users >= MANY)
      .map(({ day, found, users }) => ({
        subject: day,
        evidence: found.map((o) => o.id),
        args: [String(users), day],
        causes: [cause('release_stopped_calling'), cause('abandoned_sign_ups')],
      }));
  },
};
