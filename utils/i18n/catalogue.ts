/** The languages that `locales/` has. */
export type Language = 'en' | 'ko';

/** The texts of a message that depends on a number: for none (where that has its own words), for one, for others. */
export interface PluralForms {
  readonly 0?: string;
  readonly 1: string;
  readonly n: string;
}

/**
 * Looks up a message of one language by its key, `$1`…`$9` still in place. Undefined where there is none.
 */
export type Catalogue = (key: string) => string | PluralForms | undefined;

/** Messages as a file of `locales/` has them, in groups. */
export interface Locale {
  readonly [name: string]: string | PluralForms | Locale;
}

/** A catalogue of a file of `locales/`, for places without the browser's own. */
export function createCatalogue(locale: Locale): Catalogue {
  const messages = new Map(entriesOf(locale, ''));
  return (key) => messages.get(key);
}

function entriesOf(locale: Locale, group: string): [key: string, string | PluralForms][] {
  return Object.entries(locale).flatMap(([name, value]): [string, string | PluralForms][] =>
    typeof value === 'string' || isPlural(value)
      ? [[group + name, value]]
      : entriesOf(value, `${group}${name}.`),
  );
}

function isPlural(value: PluralForms | Locale): value is PluralForms {
  return typeof value['n'] === 'string';
}
