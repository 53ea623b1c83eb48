import { i18n } from '#i18n';
import type { Args, Key, Text } from './text-key.ts';

const translate = i18n.t as (key: string, ...args: unknown[]) => string;

/** The message in the browser's language. */
export function t<K extends Key>(key: K, ...args: Args<K>): string {
  return translate(key, ...args);
}

/** A chosen message in the browser's language. */
export function say(text: Text): string {
  return translate(text[0], ...text.slice(1));
}
