import {
  isTokenByMessage,
  type CompletionDoubt,
  type Login,
  isOfSdkV1,
} from '../../model/login.ts';
import type { Tracking } from '../state/login-state.ts';
import { flowKey, siteKey } from '../state/tracking-keys.ts';
import {
  ANY_COOKIE_STORE,
  mayBeOfAnySite,
  mayTellOfLaterLink,
  ranInTabOf,
  wasAskedBefore,
  wasClockSetBack,
  type TokenBearer,
} from './token-bearer.ts';

/**
 * Whether a call came out of a frame of SDK v1 that may be another site's, to whose page the tab has gone: nothing tells who
 * opened the frame, or no frame was seen and none of the logins used SDK v1.
 */
function isOfUnknownFrame(
  frames: Tracking['frames'],
  request: TokenBearer,
  candidates: readonly Login[],
): boolean {
  const { source, site, tab } = request;
  const isFromFrame = request.type === 'api' && request.inFrame && source === 'browser';
  if (!isFromFrame || site !== null) return false;
  const frame = frames[tab ?? ''];
  return frame ? frame.site === null : !candidates.some(isOfSdkV1);
}

/**
 * Whether a call may be of a token that its page had before all candidates, which are popups of SDK v1 that may have been refused:
 * the page has asked for a token since, perhaps by an older one; or the call comes out of no frame of SDK v1, where what the popup
 * gives is used, or out of one that was there before the recording.
 */
function mayBeOfOlderToken(
  frames: Tracking['frames'],
  request: TokenBearer,
  candidates: readonly Login[],
): boolean {
  const areUnseen = candidates.every(
    (l) => isTokenByMessage(l) && (l.tokenAt === null || l.tokenUnsure),
  );
  if (request.type !== 'api' || request.source === 'server' || !areUnseen) return false;
  const isInSeenFrame = request.inFrame && frames[request.tab ?? ''] !== undefined;
  return !isInSeenFrame || candidates.some((l) => l.tokenUnsure);
}

/** Why it is not certain that a request is of any of its candidates; null where it is. */
export function attributionDoubt(
  { unseenBefore, lostBefore, frames }: Tracking,
  request: TokenBearer,
  candidates: readonly Login[],
): CompletionDoubt | null {
  if (candidates.every((l) => mayTellOfLaterLink(request, l))) return 'account-unknown';
  // While nothing was recorded another account may have logged in, or the same one made a new link.
  const isBeforeUnseen = (l: Login) =>
    l.ordinal < unseenBefore || l.ordinal < (lostBefore[siteKey(l)] ?? 0);
  if (request.account && candidates.every((l) => l.userHash === request.account)) {
    const isLinkTold = request.connectedAt !== undefined && request.connectedAt !== null;
    return !isLinkTold && candidates.every(isBeforeUnseen) ? 'account-unknown' : null;
  }
  if (request.tokenUnseen && candidates.every((l) => l.tokenAt !== null)) return 'account-unknown';
  if (candidates.every(isBeforeUnseen)) return 'account-unknown';
  // So it may have in the request's own tab.
  const isElsewhere = request.tab !== null && !candidates.some((l) => ranInTabOf(l, request));
  if (unseenBefore > 0 && isElsewhere && request.source === 'browser') return 'other-tab';
  // Where no token was given, the page has another one: of a login from before the recording, or of one that was not seen.
  if (candidates.every((l) => l.tokenAt === null && l.tokenRefused)) return 'account-unknown';
  // A tab whose own login was lost goes on with that one's token.
  const lostInTab = lostBefore[flowKey(request)];
  const isOfTab = (l: Login) => l.tab === request.tab && l.ordinal >= (lostInTab ?? 0);
  if (lostInTab !== undefined && !candidates.some(isOfTab)) return 'account-unknown';
  if (request.cookieStore === ANY_COOKIE_STORE) return 'other-tab';
  // A person may open any address with any token, and a frame of no origin may be anybody's.
  if (request.source === 'browser' && mayBeOfAnySite(request)) return 'account-unknown';
  if (isOfUnknownFrame(frames, request, candidates)) return 'account-unknown';
  if (mayBeOfOlderToken(frames, request, candidates)) return 'account-unknown';
  if (wasClockSetBack(request)) return 'clock-moved';
  if (candidates.every((l) => wasAskedBefore(request, l))) return 'account-unknown';
  if (candidates.every((l) => request.at >= l.loggedInAt)) return null;
  return request.source === 'server' ? 'reported-before' : 'clock-moved';
}
