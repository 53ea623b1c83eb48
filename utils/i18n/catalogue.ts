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

/** The browser puts values in by itself; given the marks as values, it leaves them in place. */
const MARKS = ['$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8', '$9'];

/**
 * The browser's own catalogue, in the browser's language, for pages and the background worker. `getMessage` is
 * `browser.i18n.getMessage`. WXT builds the forms of a plural as `1 | n` or `0 | 1 | n`.
 */
export function createBrowserCatalogue(
  getMessage: (name: string, values: string[]) => string,
): Catalogue {
  return (key) => {
    const [first = '', second, third] = getMessage(key.replaceAll('.', '_'), MARKS).split(' | ');
    if (second === undefined) return first || undefined;
    return third === undefined ? { 1: first, n: second } : { 0: first, 1: second, n: third };
  };
}

/** A catalogue of a file of `locales/`, for places without the browser's own. `instead` has the messages that differ there. */
export function createCatalogue(locale: Locale, instead: Locale = {}): Catalogue {
  const messages = new Map([...entriesOf(locale, ''), ...entriesOf(instead, '')]);
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
