import { endpointOf } from '../../../kakao/endpoints.ts';
import { firstIndexNot } from '../../../model/first-index.ts';
import { listOf, objectOf, textOf, type Json } from '../../../model/json.ts';
import { parseUrl } from '../../../model/url.ts';
import { HANDS_OVER_MS, isData } from '../../sent-to-server.ts';
import { headerIn } from '../entry/har-headers.ts';

/** Headers that Chrome's sanitized export leaves out of every request. */
const SECRET_HEADER = /^(authorization|cookie)$/i;

/** What is kept of a request. */
export interface Sending {
  /** It may have had a token that the recorder left out. */
  mayHideToken: boolean;
}

/**
 * Collects what pages sent soon after a token was issued: a header that Chrome's sanitized export left out may have had it.
 * Of what a page only asks for, data is meant alone: documents and files need no token.
 */
export function collectSendings(): {
  /** Notes an entry, when it started (epoch ms, if it says) and, where it is no request to Kakao, what is kept of its request. */
  note: (entry: unknown, at: number | null, kept: Sending | null) => void;
  /** Marks what may hide a token, once all entries were noted; nothing where the export is not sanitized. */
  mark: () => void;
} {
  const sendings: { kept: Sending; at: number }[] = [];
  const toKakao: { url: string; at: number }[] = [];
  let showsSecrets = false;
  return {
    note(entry, at, kept) {
      const { headers, url } = objectOf(objectOf(entry)['request']);
      showsSecrets ||= listOf(headers).some((h) =>
        SECRET_HEADER.test(textOf(objectOf(h)['name']) ?? ''),
      );
      if (at === null || showsSecrets) return;
      if (kept && isSentByChromesPage(entry)) sendings.push({ kept, at });
      else if (!kept && typeof url === 'string') toKakao.push({ url, at });
    },
    mark() {
      if (showsSecrets || !sendings.length) return;
      const tokensAt = toKakao
        .filter(({ url }) => isTokenAddress(url))
        .map(({ at }) => at)
        .sort((a, b) => a - b);
      for (const { kept, at } of sendings) {
        const latest = tokensAt[firstIndexNot(tokensAt, (t) => t <= at) - 1];
        if (latest !== undefined && at - latest <= HANDS_OVER_MS) kept.mayHideToken = true;
      }
    },
  };
}

/**
 * Whether a script of a page in Chrome sent something, asked for data, or asked whether it may send a header that was left
 * out: Chrome's export says what asked for a request.
 */
export function isSentByChromesPage(value: unknown): boolean {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  if (entry['_initiator'] === undefined) return false;
  if (entry['_resourceType'] === 'preflight') return asksToAuthorize(request);
  if (!/^(?:fetch|xhr)$/.test(textOf(entry['_resourceType']) ?? '')) return false;
  const method = textOf(request['method']) ?? '';
  if (/^(?:POST|PUT|PATCH)$/i.test(method)) return true;
  const { mimeType } = objectOf(objectOf(entry['response'])['content']);
  return method === 'GET' && isData(textOf(mimeType) ?? '');
}

/** Whether a preflight asks for leave to send the header that most tokens are sent in. */
function asksToAuthorize({ headers }: Json): boolean {
  const asked = headerIn(listOf(headers), 'access-control-request-headers') ?? '';
  return /(?:^|[\s,])authorization(?:[\s,]|$)/i.test(asked);
}

function isTokenAddress(text: string): boolean {
  // Most addresses need not be parsed.
  const url = text.includes('token') ? parseUrl(text) : null;
  return url !== null && endpointOf(url) === 'token';
}
