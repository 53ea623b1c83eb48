import { PLATFORM_KEYS } from '../../../kakao/console-menus.ts';
import { FIXED_USER_ID } from '../../../kakao/console.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step } from '../../text.ts';

/** Fires when one account came back with another user id. See docs/kakao-rules.md#user-id. */
export const userIdChanged: LoginRule = {
  id: 'user-id-changed',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.userIds,
  place: FIXED_USER_ID,
  fix: [step('fixed_id_on'), step('match_by_new_id'), step('name_account')],
  check({ login, earlierLogins, app }) {
    if (!login.userHash) return null;
    const previous = earlierLogins('label', 'session').findLast(
      (l) =>
        l.userHash !== null &&
        l.userHash !== login.userHash &&
        (login.label && l.label ? l.label === login.label : l.kakaoSession === login.kakaoSession),
    );
    if (!previous) return null;
    const evidence = [previous.id, login.id];
    if (previous.clientId !== login.clientId)
      return {
        evidence,
        causes: [cause('other_app_key')],
        fix: [step('one_app_key')],
        place: PLATFORM_KEYS,
      };
    if (login.consent === 'none') return null;
    if (app.fixedUserId === 'on')
      return { evidence, causes: [cause('other_account')], fix: [step('name_account')] };
    const fixedIdOff = cause(app.fixedUserId === 'off' ? 'fixed_id_is_off' : 'fixed_id_off');
    return { evidence, causes: [fixedIdOff, cause('other_account')] };
  },
};
