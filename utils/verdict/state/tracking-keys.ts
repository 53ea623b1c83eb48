/** The key by which the flow of one tab in one cookie store is kept. */
export function flowKey(o: { cookieStore: string; tab: string | null }): string {
  return `${o.cookieStore}|${o.tab ?? '-'}`;
}

/** The key of a site in one cookie store. */
export function siteKey(o: { cookieStore: string; site: string | null }): string {
  return `${o.cookieStore}|${o.site ?? '-'}`;
}

/** Sets a value by its key and makes it the last one, so that the oldest come first. */
export function setAsLatest<T>(values: Record<string, T>, key: string, value: T): void {
  delete values[key];
  values[key] = value;
}
