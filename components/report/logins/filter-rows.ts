import { WORST_FIRST } from '../../../utils/report/verdict-counts.ts';
import { DIMENSIONS, dimensionValue, type Dimension, type LoginRow } from './login-row.ts';

/** A text to search for and a value a dimension; an empty string lets all pass. */
export type Filter = Record<Dimension | 'text', string>;

/** The filter that lets every row pass. */
export const NO_FILTER: Filter = {
  text: '',
  verdict: '',
  site: '',
  app: '',
  kind: '',
  visibility: '',
};

/** Tells whether a filter may keep any row back. */
export function isActive(filter: Filter): boolean {
  return Object.values(filter).some(Boolean);
}

/** Returns the rows that pass: every word of the text is found, and every dimension is as asked. */
export function filterRows(rows: readonly LoginRow[], filter: Filter): LoginRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = DIMENSIONS.filter((d) => filter[d]);
  return rows.filter(
    (row) =>
      words.every((word) => row.text.includes(word)) &&
      asked.every((d) => dimensionValue(row.judged, d) === filter[d]),
  );
}

/** Returns the values that rows have under a dimension, in order: what a filter may be set to. */
export function choicesBy(rows: readonly LoginRow[], by: Dimension): string[] {
  const found = new Set<string>();
  for (const { judged } of rows) found.add(dimensionValue(judged, by));
  found.delete('');
  return by === 'verdict' ? WORST_FIRST.filter((v) => found.has(v)) : [...found].sort();
}
