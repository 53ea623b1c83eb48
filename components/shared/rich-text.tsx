import type { Message } from '../../utils/i18n/message.ts';
import { CodeText } from './code-text.tsx';
import { t } from './text.ts';

/** Shows a message; what stands between backticks in it is shown as code. */
export function RichText({ text }: { text: Message }) {
  return <CodeText text={t(text)} />;
}
