import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Journal } from '../../../../utils/verdict/derive/journal.ts';
import { TimeList } from '../../../../utils/verdict/derive/time-list.ts';

interface Value {
  at: number;
}

const instants = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 });

function listOf(ats: readonly number[], journal = new Journal()) {
  const list = new TimeList<Value>(journal, (value) => value.at);
  const values = ats.map((at) => ({ at }));
  for (const value of values) list.add(value);
  return { list, values };
}

test('time list: order of instants, and among equal ones the order in which they came', () =>
  fc.assert(
    fc.property(instants, (ats) => {
      const { list, values } = listOf(ats);
      expect(list.before(Infinity)).toEqual(values.toSorted((a, b) => a.at - b.at));
      expect(list.before(4)).toEqual(list.before(Infinity).filter((v) => v.at < 4));
      expect(list.between(3, 5)).toEqual(
        list.before(Infinity).filter((v) => v.at >= 3 && v.at <= 5),
      );
    }),
  ));

test('time list: a value is removed once, and taking that back puts it where it was', () =>
  fc.assert(
    fc.property(instants, fc.nat(), (ats, which) => {
      const journal = new Journal();
      const { list, values } = listOf([...ats, 5], journal);
      const value = values[which % values.length];
      if (!value) throw new Error('no value');
      const before = [...list.before(Infinity)];
      const place = journal.place();
      expect(list.remove(value)).toBe(true);
      expect(list.remove(value)).toBe(false);
      expect(list.before(Infinity)).toEqual(before.filter((v) => v !== value));
      journal.undoTo(place);
      // The very same values, in the very same order.
      expect(list.before(Infinity).every((v, i) => v === before[i])).toBe(true);
    }),
  ));
