/**
 * The same pure function of a text, which remembers its latest answers: for a few texts that come thousands of times.
 * It forgets all of them when there are more than `most`.
 */
export function remembering<T>(answer: (text: string) => T, most = 1000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const given = answer(text);
    known.set(text, given);
    return given;
  };
}
