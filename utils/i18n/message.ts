// oxlint-disable-next-line no-restricted-imports -- only a type: what WXT reads out of the locales
import type { GeneratedI18nStructure } from '#i18n';

type Structure = Omit<GeneratedI18nStructure, `@@${string}`>;

/** Key of a message in `locales/`, its groups joined by dots. */
export type MessageKey = keyof Structure;

/** Highest `$n` of a message. */
type Highest<K extends MessageKey> = Structure[K]['substitutions'];

/** One value for each of `$1`…`$n`. */
type Substitutions<N extends number, Values extends string[] = []> = Values['length'] extends N
  ? Readonly<Values>
  : Substitutions<N, [...Values, string]>;

/**
 * What a message needs besides its key: a count where it has plural forms, values where it has `$1`…`$9`. A form that
 * needs no more than `$1` shows the count there when no value is given.
 */
export type MessageArgs<K extends MessageKey> = K extends MessageKey
  ? Structure[K]['plural'] extends true
    ? Highest<K> extends 0 | 1
      ? [count: number, values?: Substitutions<1>]
      : [count: number, values: Substitutions<Highest<K>>]
    : Highest<K> extends 0
      ? []
      : [values: Substitutions<Highest<K>>]
  : never;

/** Keys of the messages that need nothing else. */
export type PlainKey = { [K in MessageKey]: MessageArgs<K> extends [] ? K : never }[MessageKey];

/** A message that is chosen but not yet put into a language, so that what chooses it stays pure. */
export type Message =
  | readonly [key: PlainKey]
  | {
      [K in Exclude<MessageKey, PlainKey>]: readonly [key: K, ...args: MessageArgs<K>];
    }[Exclude<MessageKey, PlainKey>];

/** Names of the messages of a group that need nothing else: what follows `group.` in their keys. */
export type PlainNameIn<Group extends string> = {
  [K in PlainKey]: K extends `${Group}.${infer Name}` ? Name : never;
}[PlainKey];

type Underscored<W extends string> = W extends `${infer A}-${infer B}`
  ? `${A}_${Underscored<B>}`
  : W;

/** Key of a group's message for one of our words; keys know no hyphen. */
export type KeyOf<G extends string, W extends string> = `${G}.${Underscored<W>}`;

/** Key of the message for one of our words. A word without a message is a type error where the key is used. */
export function messageKey<G extends string, W extends string>(group: G, word: W): KeyOf<G, W> {
  return `${group}.${word.replaceAll('-', '_')}` as KeyOf<G, W>;
}
