import { CONSENT_ITEMS } from '../../../kakao/console-menus.ts';
import { createRefusalRule } from '../../rule-parts/refusal-rule.ts';
import { step } from '../../text.ts';

/** Fires on -3: the feature is not switched on in the console. See docs/kakao-rules.md#errors. */
export const featureOff = createRefusalRule({
  id: 'feature-off',
  place: CONSENT_ITEMS,
  fix: [step('switch_feature_on'), step('call_user_me')],
  matches: (c) => c.code === -3,
});
