import type { Page } from '../emulator/script-browser.ts';

/** Entries of a HAR: the hops on the way to a page, one a millisecond from an instant (epoch ms) on. */
export function entriesOf(page: Page, from: number): unknown[] {
  return page.hops.map(({ method, url, status, headers }, i) => {
    const pairs = Object.entries(headers).map(([name, value]) => ({ name, value: String(value) }));
    return {
      startedDateTime: new Date(from + i).toISOString(),
      time: 0,
      _resourceType: 'document',
      request: { method, url, headers: [] },
      response: {
        status,
        headers: pairs,
        redirectURL: String(headers['location'] ?? ''),
        content: { mimeType: String(headers['content-type'] ?? '') },
      },
    };
  });
}
