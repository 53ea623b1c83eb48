import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttributedObservation } from '../../../../utils/model/observation.ts';
import { replayObservations } from '../../../../utils/report/replay/replay-observations.ts';
import { reduce } from '../../../../utils/verdict/reduce.ts';
import { createLoginState } from '../../../../utils/verdict/state/login-state.ts';
import { history } from '../../verdict/random-histories.ts';

test('replayed at once: the logins and attributions of adding one by one', async () => {
  await fc.assert(
    fc.asyncProperty(history(), async (observations) => {
      const loginState = createLoginState();
      const attributed: AttributedObservation[] = [];
      for (const o of observations) {
        const { loginId, attached } = reduce(loginState, o);
        attributed.push({ ...o, ...(loginId ? { loginId } : {}) });
        for (const [id, attachedTo] of attached) {
          const earlier = attributed.find((a) => a.id === id);
          if (earlier && attachedTo) earlier.loginId = attachedTo;
          else delete earlier?.loginId;
        }
      }
      const replayed = replayObservations(observations);
      expect(replayed.observations).toEqual(attributed);
      expect([...replayed.loginState.logins]).toEqual([...loginState.logins]);
      expect([...replayed.loginState.apps]).toEqual([...loginState.apps]);
    }),
    { numRuns: 200 },
  );
});

test('replay: leaves the given observations as they are', async () => {
  await fc.assert(
    fc.asyncProperty(history(), async (observations) => {
      const before = structuredClone(observations);
      replayObservations(observations, observations[0]?.at);
      expect(observations).toEqual(before);
    }),
    { numRuns: 50 },
  );
});
