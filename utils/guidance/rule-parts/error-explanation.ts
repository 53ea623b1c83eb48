import type { Message } from '../../i18n/message.ts';
import type { KakaoError } from '../../kakao/koe-errors.ts';
import { codeMessage } from '../text.ts';

/** Returns what one of Kakao's error codes means and what helps against it. See docs/kakao-rules.md#errors. */
export function explainError({ words }: KakaoError): { meaning: Message; remedy: Message } {
  return { meaning: codeMessage(words, 'meaning'), remedy: codeMessage(words, 'remedy') };
}
