import { i18n } from '#i18n';
import type { Text } from '../../utils/guidance/text.ts';

const translate = i18n.t as unknown as (key: string, fills?: string[]) => string;

/** A message of guidance in the browser's language. */
export function sayGuidance([key, ...fills]: Text): string {
  return fills.length ? translate(key, fills) : translate(key);
}
