import { CONSENT_ITEMS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from './refused-calls.ts';
import { step } from '../../text.ts';

/** -3: the feature is not switched on in the console (kakao.md 4.1). */
export const featureOff = createRefusalRule({
  id: 'feature-off',
  place: CONSENT_ITEMS,
  fix: [step('switch_feature_on'), step('call_user_me')],
  about: (c) => c.code === -3,
});
