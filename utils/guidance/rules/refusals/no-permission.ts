import { PERMISSIONS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { step } from '../../text.ts';

/** Fires on -5: the app itself lacks the permission. See docs/kakao-rules.md#errors. */
export const noPermission = createRefusalRule({
  id: 'no-permission',
  place: PERMISSIONS,
  docs: PERMISSIONS.docs,
  fix: [step('apply_permission'), step('call_user_me')],
  matches: (c) => c.code === -5,
});
