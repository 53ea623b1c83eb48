import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, foldAll } from '../../utils/verdict/reduce.ts';
import { createLedger } from '../../utils/verdict/login-state.ts';
import type { Observation } from '../../utils/model/observation.ts';
import { restsOn, type Placed } from '../../utils/report/select-evidence.ts';
import { verdictIn } from './judged.ts';
import { HOUR, T0 } from './make.ts';
import { history } from './link-histories.ts';

const keyOf = (text: string) => (text.includes('b.shop.test') ? 'key-b' : 'key-a');

test('whatever is left out of a report, its logins are judged the same', () => {
  let left = 0;
  fc.assert(
    fc.property(history(), fc.nat(), fc.boolean(), (observations, pick, oneApart) => {
      // Each site in tabs of its own; now and then the two sites share no app.
      const apart = (o: Observation): Observation => {
        const text = JSON.stringify(o);
        const tab = text.includes('b.shop.test') && o.tab ? `${o.tab}-b` : o.tab;
        return {
          ...JSON.parse(oneApart ? text.replaceAll(/"app-\d"/g, `"${keyOf(text)}"`) : text),
          tab,
        };
      };
      const ledger = createLedger();
      const placed = observations.map((o): Placed => {
        const own = apart(o);
        const { placedOn } = fold(ledger, own);
        return { ...own, ...(placedOn ? { placedOn } : {}) };
      });
      const logins = [...ledger.logins.values()];
      const login = logins[pick % logins.length];
      // Logins of unknown apps count as one app's, wherever they are; a report does not follow that to other sites.
      if (!login || login.clientId === 'unknown') return;
      const chosen = restsOn(ledger, new Set([login.id]), placed, () => false);
      left += placed.length - chosen.length;
      const again = foldAll(chosen.map(({ placedOn: _placedOn, ...o }) => o as Observation));
      const judge = (l: typeof ledger, at: number) => {
        const found = l.logins.get(login.id) ?? expect.unreachable();
        return { kind: found.kind, kindBecause: found.kindBecause, ...verdictIn(l, found, at) };
      };
      for (const hours of [1, 30, 100])
        expect(judge(again, T0 + hours * HOUR)).toEqual(judge(ledger, T0 + hours * HOUR));
    }),
    { numRuns: 1000 },
  );
  expect(left).toBeGreaterThan(0);
});
