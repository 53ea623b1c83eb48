import type { Text } from '../../utils/guidance/text.ts';
import { CodeText } from './code-text.tsx';
import { sayGuidance } from './guidance-words.ts';

/** A message of guidance in the page's language, with its code shown as code. */
export function GuidanceText({ text }: { text: Text }) {
  return <CodeText text={sayGuidance(text)} />;
}
