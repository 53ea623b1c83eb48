import { isKakaoHost } from '../kakao/endpoints.ts';
import { parseUrl } from '../model/url.ts';
import { readServerReports, type ServerReport } from './server-timing.ts';

/** The fields that are read of a site's response. */
export interface SiteResponse {
  url: string;
  fromCache?: boolean;
  responseHeaders?: { name: string; value?: string }[];
}

/** Reads what a site's response reports of its back end's Kakao calls, and for which site; null where it reports none. */
export function captureSiteResponse(
  response: SiteResponse,
): { reports: ServerReport[]; site: string } | null {
  const values = (response.responseHeaders ?? []).flatMap(({ name, value }) =>
    value && name.toLowerCase() === 'server-timing' ? [value] : [],
  );
  // A cached response repeats what was reported when it was new.
  if (!values.length || response.fromCache) return null;
  const url = parseUrl(response.url);
  if (!url || isKakaoHost(url.host)) return null;
  const reports = readServerReports(values);
  return reports.length ? { reports, site: url.origin } : null;
}
