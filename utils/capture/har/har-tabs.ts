/** Developer tools record one tab and number its page loads; other recorders name a page after its tab. */
const PAGE_LOAD = /^page_\d+$/;

/**
 * Names the tab of a `pageref` so that the name says nothing of the page and no two files share it: after the file's
 * first entry (`start`, epoch ms). Without any `pageref` in the file, all is one tab; else such an entry has none.
 */
export function createTabNamer(
  start: number,
  anyPageref: boolean,
): (pageref: string | null) => string | null {
  const names = new Map<string, string>();
  return (pageref) => {
    if (pageref === null && anyPageref) return null;
    const key = pageref === null || PAGE_LOAD.test(pageref) ? '' : `=${pageref}`;
    const name = names.get(key) ?? `har-${start}-${names.size + 1}`;
    names.set(key, name);
    return name;
  };
}
