/** How many rows PageUp and PageDown move by. */
const PAGE = 10;

/** Returns the index of the row that a key moves to, which may lie outside of the rows; undefined for other keys. */
export function rowAfterKey(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + PAGE;
    case 'PageUp':
      return at - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
