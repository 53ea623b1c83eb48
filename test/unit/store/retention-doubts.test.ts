import { beforeEach, expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { DEFAULT_SETTINGS } from '../../../utils/model/settings.ts';
import {
  api,
  authorize,
  exchange,
  firstLogin,
  HOUR,
  me,
  observe,
  repeatLogin,
  T0,
} from '../fixtures.ts';
import { judgeAt, verdictIn } from '../verdict/judge-history.ts';
import { mode } from '../verdict/known-cases/known-case.ts';
import { freshProfile, onStore, pruneAll, startWorker } from './database.ts';

beforeEach(freshProfile);

const nowhere = { tab: null, site: null };
const auto = mode('auto');
const first = [...firstLogin(T0), exchange(T0 + 4000)];
const other = { tab: 'r:2' };

const histories: Record<string, Observation[]> = {
  pause: [
    auto,
    ...first,
    observe({ type: 'pause', paused: true }, T0 + HOUR, nowhere),
    observe({ type: 'pause', paused: false }, T0 + 5 * HOUR, nowhere),
  ],
  'site that was no longer watched': [
    auto,
    ...first,
    observe({ type: 'watch', watched: false }, T0 + HOUR),
  ],
  'call that may be of an earlier login': [
    auto,
    ...repeatLogin(T0 - 2 * HOUR, other),
    exchange(T0 - 2 * HOUR + 2000, other),
    observe(authorize({ outcome: 'login-form' }), T0 - HOUR, { tab: 'r:3' }),
    ...first,
    me(T0 + HOUR, other),
  ],
};

test.each(Object.entries(histories))(
  '%s: retention makes no verdict on an open login surer',
  async (_what, history) => {
    const now = T0 + 6 * HOUR;
    const at = T0 + 30 * HOUR;
    const id = first.find((o) => o.type === 'authorize' && o.outcome === 'code')?.id;
    const before = judgeAt(history, at).find(({ login }) => login.id === id);
    const recorder = startWorker();
    await recorder.record(history);
    await pruneAll(recorder, now, { ...DEFAULT_SETTINGS, retentionCount: 0 });
    const restarted = startWorker();
    // A call that says nothing makes the login judged anew.
    await restarted.record([observe(api('/v1/user/access_token_info'), now + 1000)]);
    const judged = await restarted.withStore(async (_db, state) =>
      [...state.logins.values()].map((login) => ({
        login,
        ...verdictIn(state, login, at),
      })),
    );
    const replayed = judgeAt(await onStore((db) => db.getAll('observations')), at);
    for (const logins of [judged, replayed]) {
      const after = logins.find(({ login }) => login.id === id);
      const isSure = after?.certainty === 'certain' && after.verdict !== 'unseen';
      expect(isSure && before?.certainty === 'likely', after?.verdict).toBe(false);
      expect(after?.verdict).toBe(before?.verdict);
    }
  },
);
