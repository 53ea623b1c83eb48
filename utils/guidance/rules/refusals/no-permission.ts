import { PERMISSIONS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from './refused-calls.ts';
import { step } from '../../text.ts';

/** -5: the app itself lacks the permission (kakao.md 4.1). */
export const noPermission = createRefusalRule({
  id: 'no-permission',
  place: PERMISSIONS,
  docs: PERMISSIONS.docs,
  fix: [step('apply_permission'), step('call_user_me')],
  about: (c) => c.code === -5,
});
