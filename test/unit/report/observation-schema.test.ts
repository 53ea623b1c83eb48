import { expect, test } from 'vitest';
import type { FactType } from '../../../utils/model/observation.ts';
import { ObservationSchema } from '../../../utils/report/schema/observation-schema.ts';

/** The compiler asks for every type of fact here. */
const FACT_TYPES: Record<FactType, true> = {
  authorize: true,
  arrival: true,
  poll: true,
  frame: true,
  token: true,
  api: true,
  answer: true,
  'bad-report': true,
  leak: true,
  watch: true,
  pause: true,
  start: true,
  loss: true,
  mark: true,
  label: true,
  app: true,
  silence: true,
  step: true,
  'unlink-callback': true,
  'recording-ended': true,
  'token-handed': true,
};

test('every type of fact can be read out of a report', () => {
  const readable = ObservationSchema.options.map((option) => option.entries.type.literal);
  expect(readable.toSorted()).toEqual(Object.keys(FACT_TYPES).toSorted());
});
