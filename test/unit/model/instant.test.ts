import { expect, test } from 'vitest';
import { parseInstant } from '../../../utils/model/instant.ts';

test.each([
  ['2026-11-22T03:04:05Z', '2026-11-22T03:04:05.000Z'],
  ['2026-11-22T03:04Z', '2026-11-22T03:04:00.000Z'],
  ['2024-02-29T23:30:00.5+09:00', '2024-02-29T14:30:00.500Z'],
  ['2026-11-22T03:04:05+0900', '2026-11-21T18:04:05.000Z'],
])('%s: is read', (text, iso) => {
  expect(new Date(parseInstant(text) ?? NaN).toISOString()).toBe(iso);
});

test.each([
  '',
  '1',
  '2026-11-22',
  '2026-11-22T03:04:05',
  '2026-02-30T03:04:05Z',
  '2025-02-29T03:04:05Z',
  '2026-11-31T03:04:05Z',
  '2026-13-01T03:04:05Z',
  '2026-11-22T25:04:05Z',
  '9999-12-31T23:59:59-12:00',
  '0000-01-01T00:00:00+12:00',
  '+275760-09-13T00:00:00Z',
])('%s: is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});
