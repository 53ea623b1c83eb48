/** A `pageref` of developer tools, which record one tab and number its page loads. Other recorders name a page after its tab. */
const PAGE_LOAD = /^page_(\d+)$/;

/**
 * Makes a function that names the tab of a `pageref`. Names are made of the file's first instant (`start`, epoch ms), so
 * that they say nothing of the page and no two files share one. A file without any `pageref` is one tab; in others an
 * entry without one has no tab. `part` says of which of several recordings in the file it is.
 */
export function createTabNamer(
  start: number,
  anyPageref: boolean,
): (pageref: string | null, part?: number) => string | null {
  const ofPages = new Map<string, string>();
  const ofParts = new Map<number, string>();
  const nameOf = <K>(names: Map<K, string>, key: K) => {
    const name = names.get(key) ?? `har-${start}-${ofPages.size + ofParts.size + 1}`;
    names.set(key, name);
    return name;
  };
  return (pageref, part = 0) => {
    if (pageref === null && anyPageref) return null;
    return pageref === null || PAGE_LOAD.test(pageref)
      ? nameOf(ofParts, part)
      : nameOf(ofPages, pageref);
  };
}

/** The number that developer tools gave to a page load; null where another recorder named the page. */
export function pageNumberOf(pageref: string | null): number | null {
  const number = PAGE_LOAD.exec(pageref ?? '')?.[1];
  return number === undefined ? null : Number(number);
}
