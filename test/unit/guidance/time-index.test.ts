import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimeIndex } from '../../../utils/guidance/time-index.ts';
import { observe, T0 } from '../fixtures.ts';

test('observations between two instants: those of the tab, in order of arrival', () => {
  const place = fc.record({
    at: fc.integer({ min: 0, max: 9 }),
    tab: fc.constantFrom('r:1', 'r:2', null),
    cookieStore: fc.constantFrom('default', 'private'),
  });
  fc.assert(
    fc.property(fc.array(place), place, fc.integer({ min: -1, max: 10 }), (places, asked, to) => {
      const all = places.map(({ at, tab, cookieStore }) =>
        observe({ type: 'frame' }, T0 + at, { tab, cookieStore }),
      );
      const { cookieStore, tab, at } = asked;
      const found = createTimeIndex(all).between(cookieStore, tab, T0 + at, T0 + to);
      expect(found).toEqual(
        all.filter(
          (o) =>
            o.cookieStore === cookieStore && o.tab === tab && o.at >= T0 + at && o.at <= T0 + to,
        ),
      );
    }),
  );
});
