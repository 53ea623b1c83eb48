// oxlint-disable-next-line no-restricted-imports -- the one door to the locales
import { counted, words } from '../../utils/browser/messages-catalogue.ts';
import type { Args, Key, Message } from './message-key.ts';

function translate(key: Key, first?: number | string[], values?: string[]): string {
  return typeof first === 'number' ? counted(key, first, values) : words(key, ...(first ?? []));
}

/** The message in the browser's language. */
export function t<K extends Key>(key: K, ...args: Args<K>): string {
  return translate(key, ...(args as [number | string[] | undefined, string[] | undefined]));
}

/** A chosen message in the browser's language. */
export function say(text: Message): string {
  const [key, first, values] = text as readonly [Key, (number | string[])?, string[]?];
  return translate(key, first, values);
}
