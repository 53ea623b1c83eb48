import { isKakaoHost } from '../kakao/endpoints.ts';
import { originOf, parseUrl, registeredDomain } from '../model/url.ts';
import { mayBeKept, mayBeRevalidated } from './kept-answer.ts';
import { asAskedAt, asMaybeKept, readServerReports, type ServerReport } from './server-timing.ts';

/** The fields that are read of a site's response. */
export interface SiteResponse {
  url: string;
  fromCache?: boolean;
  type?: string;
  /** When the browser asked, at the latest, epoch ms; absent where that is not known. */
  sentAt?: number;
  /** Chrome's name of the page that asked. */
  initiator?: string;
  /** Firefox's, as is the next. */
  documentUrl?: string;
  originUrl?: string;
  responseHeaders?: ResponseHeader[];
}

/** A header as browsers give it: as bytes where its value is no UTF-8, as in an answer in EUC-KR. */
interface ResponseHeader {
  name: string;
  value?: string;
  binaryValue?: readonly number[];
}

/**
 * Reads what a site's response reports of its back end's Kakao calls, and for which site: that of the page which asked,
 * since an API host may answer it. Null where it reports none.
 */
export function captureSiteResponse(
  response: SiteResponse,
): { reports: ServerReport[]; site: string } | null {
  const values = (response.responseHeaders ?? []).flatMap((header) => {
    if (header.name.toLowerCase() !== 'server-timing') return [];
    const value = valueOf(header);
    return value ? [value] : [];
  });
  if (!values.length) return null;
  const url = parseUrl(response.url);
  if (!url || isKakaoHost(url.host)) return null;
  const headers = (response.responseHeaders ?? []).map(
    (header) => [header.name, valueOf(header)] as const,
  );
  // A cached response repeats what was reported when it was new, unless the server was asked whether it still holds: its
  // 304 has new reports, and the browser calls that cached, too.
  const fromCache = response.fromCache === true;
  if (fromCache && !mayBeRevalidated(headers)) return null;
  const read = readServerReports(values);
  const marked = read.length && (fromCache || mayBeKept(headers)) ? asMaybeKept(read) : read;
  const { sentAt } = response;
  const reports = sentAt === undefined ? marked : asAskedAt(marked, Math.round(sentAt));
  return reports.length ? { reports, site: pageSiteOf(response, url.origin) ?? url.origin } : null;
}

/** The value of the first header of a name, given in lower case; null where there is none. */
export function headerValueOf(
  headers: SiteResponse['responseHeaders'],
  name: string,
): string | null {
  const header = headers?.find((h) => h.name.toLowerCase() === name);
  return header ? valueOf(header) : null;
}

/** A header's value; of one that is given as bytes, what stands in it in ASCII, which reports are. */
function valueOf({ value, binaryValue = [] }: ResponseHeader): string {
  return value ?? Array.from(binaryValue, (byte) => String.fromCharCode(byte)).join('');
}

/**
 * Returns the site of the page that made a request; null for a page itself, one of another domain in a frame included, and
 * where it is not known or Kakao's.
 */
function pageSiteOf(response: SiteResponse, origin: string): string | null {
  if (response.type === 'main_frame') return null;
  const site = askingSiteOf(response);
  const isOtherPage =
    site !== null &&
    response.type === 'sub_frame' &&
    registeredDomain(site) !== registeredDomain(origin);
  return isOtherPage ? null : site;
}

/** Returns the site of the page that asked for something, another page included; null where it is not known or Kakao's. */
export function askingSiteOf({
  initiator,
  documentUrl,
  originUrl,
}: Pick<SiteResponse, 'initiator' | 'documentUrl' | 'originUrl'>): string | null {
  const page = originOf(initiator) ?? originOf(documentUrl) ?? originOf(originUrl);
  return page && !isKakaoHost(new URL(page).host) ? page : null;
}
