/** A `pageref` of developer tools, which record one tab and number its page loads. Other recorders name a page after its tab. */
const PAGE_LOAD = /^page_\d+$/;

/**
 * Makes a function that names the tab of a `pageref`. Names are made of the file's first instant (`start`, epoch ms), so
 * that they say nothing of the page and no two files share one. A file without any `pageref` is one tab; in others an
 * entry without one has no tab.
 */
export function createTabNamer(
  start: number,
  anyPageref: boolean,
): (pageref: string | null) => string | null {
  const names = new Map<string | null, string>();
  return (pageref) => {
    if (pageref === null && anyPageref) return null;
    const key = pageref === null || PAGE_LOAD.test(pageref) ? null : pageref;
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = `har-${start}-${names.size + 1}`;
    names.set(key, name);
    return name;
  };
}
