import { say } from './text.ts';
import type { Text } from './text-key.ts';

/** Shows a message; what stands between backticks in it is shown as code. */
export function Say({ text }: { text: Text }) {
  const parts = say(text).split('`');
  return <>{parts.map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part))}</>;
}
