import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contents, freshProfile, startWorker } from '../../store/database.ts';
import { history } from '../../verdict/random-histories.ts';

test('worker that dies at any moment: the database ends up the same', async () => {
  await fc.assert(
    fc.asyncProperty(history(), fc.array(fc.integer({ min: 1, max: 5 })), async (all, cuts) => {
      freshProfile();
      const one = startWorker();
      for (const o of all) await one.record([o]);
      const expected = await contents();
      freshProfile();
      const sizes = [...cuts];
      for (let rest = all; rest.length;) {
        const size = sizes.shift() ?? 1;
        await startWorker().record(rest.slice(0, size));
        rest = rest.slice(size);
      }
      expect(await contents()).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
