import type { LinkMode } from '../../model/observation.ts';
import { step, type Text } from '../text.ts';

/**
 * Adapts the steps of a fix to the app's link mode: under manual link only the sign-up call completes a login, so it
 * replaces the advice to call `/v2/user/me`. See docs/kakao-rules.md#manual-link.
 */
export function stepsForLinkMode(linkMode: LinkMode, fix: readonly Text[]): readonly Text[] {
  if (linkMode !== 'manual') return fix;
  const [callUserMe] = step('call_user_me');
  return fix.map((text) => (text[0] === callUserMe ? step('call_signup') : text));
}
