import type { Login } from '../../model/login.ts';
import type { Tracking } from '../state/login-state.ts';
import { setAsLatest } from '../state/tracking-keys.ts';
import type { TokenBearer } from './token-bearer.ts';
import { likeliestLogins } from './token-candidates.ts';

/** How many documents are remembered; of more, the oldest is forgotten. */
const MAX_DOCUMENTS = 50;

/** Notes the document that made a request: how many logins there were when it was first seen. */
export function noteDocument(tracking: Tracking, request: TokenBearer): void {
  const { documentId } = request;
  if (documentId !== undefined && !(documentId in tracking.documents))
    noteTokenOfDocument(tracking, request);
}

/** Notes that the document that made a request was given the token of the latest login by it: it was not left for that. */
export function noteTokenOfDocument(
  { documents, nextOrdinal }: Pick<Tracking, 'documents' | 'nextOrdinal'>,
  { documentId }: TokenBearer,
): void {
  if (documentId === undefined) return;
  setAsLatest(documents, documentId, nextOrdinal);
  const [oldest, ...others] = Object.keys(documents);
  if (oldest !== undefined && others.length >= MAX_DOCUMENTS) delete documents[oldest];
}

/** Whether a request's tab had left the document that made it for a login: the document was there before. */
export function wasLeftFor(
  { documents }: Pick<Tracking, 'documents'>,
  { tab, ordinal }: Login,
  request: TokenBearer,
): boolean {
  const noted = documents[request.documentId ?? ''];
  return noted !== undefined && tab === request.tab && ordinal >= noted;
}

/**
 * The logins whose token a document may have kept, though its tab has left it for a later login: the browser shows it again,
 * as it was, to a person who goes back. None where the tab has had no login since the document was noted.
 */
export function loginsOfLeftDocument(
  tracking: Tracking,
  pool: readonly Login[],
  request: TokenBearer,
): readonly Login[] {
  const noted = tracking.documents[request.documentId ?? ''];
  if (noted === undefined || !pool.some((l) => wasLeftFor(tracking, l, request))) return [];
  return likeliestLogins(
    pool.filter((l) => l.ordinal < noted),
    request,
  );
}
