import type { Text as GuidanceText } from '../../utils/guidance/text.ts';
import { say } from './text.ts';
import type { Message } from './message-key.ts';

/** A message of guidance in the browser's language. */
export function sayGuidance([key, ...fills]: GuidanceText): string {
  return say([key, fills] as unknown as Message);
}
