import { isKakaoHost } from '../kakao/endpoints.ts';
import { parseUrl } from '../model/url.ts';
import { readServerReports, type ServerReport } from './server-timing.ts';

/** The fields read of a site's response. */
export interface SiteResponse {
  url: string;
  fromCache?: boolean;
  responseHeaders?: { name: string; value?: string }[];
}

/** What a site's response says its back end did, and for which site; null where it says nothing of Kakao. */
export function captureSiteResponse(
  d: SiteResponse,
): { reports: ServerReport[]; site: string } | null {
  const values = (d.responseHeaders ?? []).flatMap(({ name, value }) =>
    value && name.toLowerCase() === 'server-timing' ? [value] : [],
  );
  // A cached answer repeats what was reported when it was new.
  if (!values.length || d.fromCache) return null;
  const url = parseUrl(d.url);
  if (!url || isKakaoHost(url.host)) return null;
  const reports = readServerReports(values);
  return reports.length ? { reports, site: url.origin } : null;
}
