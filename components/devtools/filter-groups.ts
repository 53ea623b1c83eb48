/** A list of some rows under each heading. */
export interface Group<Row> {
  heading: Row;
  rows: readonly Row[];
}

/**
 * Of groups the rows whose text has every word of a filter, and none that begins with `-`; a heading stays with its rows,
 * and where it matches itself all of them stay.
 */
export function filterGroups<Row>(
  groups: readonly Group<Row>[],
  filter: string,
  textOf: (row: Row) => string,
): Group<Row>[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...groups];
  const isMatch = (row: Row) => {
    const text = textOf(row).toLowerCase();
    return words.every((word) =>
      word.length > 1 && word.startsWith('-') ? !text.includes(word.slice(1)) : text.includes(word),
    );
  };
  const isWanted = words.some((word) => !word.startsWith('-'));
  return groups.flatMap(({ heading, rows }) => {
    if (isWanted && isMatch(heading)) return [{ heading, rows }];
    const left = rows.filter(isMatch);
    return left.length ? [{ heading, rows: left }] : [];
  });
}
