import type { KakaoError } from '../../kakao/koe-errors.ts';
import type { Text } from '../text.ts';

/** Returns what one of Kakao's error codes means and what helps against it. See docs/kakao-rules.md#errors. */
export function explainError({ words }: KakaoError): { meaning: Text; remedy: Text } {
  return { meaning: [`errors.${words}.meaning`], remedy: [`errors.${words}.remedy`] };
}
