import { CodeText } from './code-text.tsx';
import { say } from './text.ts';
import type { Text } from './message-key.ts';

/** Shows a message; what stands between backticks in it is shown as code. */
export function Say({ text }: { text: Text }) {
  return <CodeText text={say(text)} />;
}
