import type { GeneratedI18nStructure } from '#i18n';

type Structure = Omit<GeneratedI18nStructure, `@@${string}`>;

/** Key of a message in `locales/`. */
export type Key = keyof Structure;

/** What a message needs besides its key: a count where it has plurals, substitutions where it has `$1`…`$9`. */
export type Args<K extends Key> = K extends Key
  ? Structure[K]['plural'] extends true
    ? [count: number, substitutions?: string[]]
    : Structure[K]['substitutions'] extends 0
      ? []
      : [substitutions: string[]]
  : never;

/** A message that is chosen but not yet put into a language, so that what chooses it stays pure. */
export type Message = { [K in Key]: readonly [key: K, ...args: Args<K>] }[Key];

type Underscored<W extends string> = W extends `${infer A}-${infer B}`
  ? `${A}_${Underscored<B>}`
  : W;

/** Key of the message for one of our words; message names know no hyphen. A word without a message is a type error. */
export function messageKey<G extends string, W extends string>(
  group: G,
  word: W,
): `${G}.${Underscored<W>}` {
  return `${group}.${word.replaceAll('-', '_')}` as `${G}.${Underscored<W>}`;
}
