import { FIXED_USER_ID } from '../../../kakao/console.ts';
import { PLATFORM_KEYS } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { cause, step } from '../../text.ts';

/** What counts as one account came back with another user id (kakao.md 5.4, 7). */
export const userIdChanged: LoginRule = {
  id: 'user-id-changed',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.userIds,
  place: FIXED_USER_ID,
  fix: [step('fixed_id_on'), step('match_by_new_id'), step('name_account')],
  check({ login, before, app }) {
    if (!login.userHash) return null;
    const other = before.findLast(
      (l) =>
        l.userHash !== null &&
        l.userHash !== login.userHash &&
        (login.label && l.label ? l.label === login.label : l.kakaoSession === login.kakaoSession),
    );
    if (!other) return null;
    const evidence = [other.id, login.id];
    if (other.clientId !== login.clientId)
      return {
        evidence,
        causes: [cause('other_app_key')],
        fix: [step('one_app_key')],
        place: PLATFORM_KEYS,
      };
    if (login.consent === 'none') return null;
    const fixedOff = cause(app.fixedUserId === 'off' ? 'fixed_id_is_off' : 'fixed_id_off');
    if (app.fixedUserId === 'on')
      return { evidence, causes: [cause('other_account')], fix: [step('name_account')] };
    return { evidence, causes: [fixedOff, cause('other_account')] };
  },
};
