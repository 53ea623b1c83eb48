import { expect, test } from 'vitest';
import { NO_FILTER } from '../../../components/report/logins/filter-rows.ts';
import { recall, remember } from '../../../components/report/page-memory.ts';

const NOTHING = { filters: [], listShare: null };
const holding = (text: string | null) => ({
  text,
  read() {
    return this.text;
  },
  write(next: string) {
    this.text = next;
  },
});

test('something more is remembered, and the rest stays', () => {
  const memory = holding(null);
  expect(recall(memory)).toEqual(NOTHING);
  const late = { name: 'Late', filter: { ...NO_FILTER, verdict: 'late' } };
  remember(memory, { filters: [late] });
  remember(memory, { listShare: 60 });
  expect(recall(memory)).toEqual({ filters: [late], listShare: 60 });
});

test('what an earlier version kept is read, what cannot be read is forgotten', () => {
  const old = { filters: [{ name: 'Late', filter: { verdict: 'late' } }] };
  expect(recall(holding(JSON.stringify(old))).filters[0]?.filter).toEqual({
    ...NO_FILTER,
    verdict: 'late',
  });
  for (const text of ['', '{', 'null', '[]', '{"filters":7,"listShare":"wide"}'])
    expect(recall(holding(text)), text).toEqual(NOTHING);
});
