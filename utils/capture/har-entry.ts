/** The fields read of a HAR 1.2 entry. Any of them may be missing: exporters differ. */
export interface HarEntry {
  startedDateTime?: string;
  time?: number;
  pageref?: string;
  _resourceType?: string;
  _fromCache?: unknown;
  request?: {
    method?: string;
    url?: string;
    headers?: { name: string; value: string }[];
    postData?: { text?: string };
  };
  response?: {
    status?: number;
    redirectURL?: string;
    headers?: { name: string; value: string }[];
    content?: { mimeType?: string; text?: string; encoding?: string };
  };
}

/** When an entry's request began, epoch ms; null where the file does not say. */
export function timeOf(entry: HarEntry): number | null {
  const at = Date.parse(entry.startedDateTime ?? '');
  return Number.isNaN(at) ? null : at;
}

/** Values of every request (or response) header of a name in lower case. */
export function headersOf(entry: HarEntry, name: string, of: 'request' | 'response'): string[] {
  const headers = entry[of]?.headers;
  if (!Array.isArray(headers)) return [];
  return headers
    .filter((h) => h?.name?.toLowerCase() === name && typeof h.value === 'string')
    .map((h) => h.value);
}

/** Value of the first request (or response) header of a name in lower case; null where there is none. */
export function headerOf(
  entry: HarEntry,
  name: string,
  of: 'request' | 'response' = 'request',
): string | null {
  return headersOf(entry, name, of)[0] ?? null;
}
