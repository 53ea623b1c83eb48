import type { Catalogue, Language, PluralForms } from './catalogue.ts';
import type { Message, MessageArgs, MessageKey, PlainKey } from './message.ts';

/** Puts messages into one language. Throws on a key that the language's catalogue does not have. */
export interface Translate {
  (message: Message): string;
  <K extends MessageKey>(key: K, ...args: MessageArgs<K>): string;
  readonly language: Language;
  /** Whether a key that was put together from data names a message that needs nothing else. */
  has(key: string): key is PlainKey;
}

type AnyArgs = readonly (number | readonly string[] | undefined)[];

/** `$1`…`$9`. No Korean particle stands right behind one: its form would depend on the value's last sound. */
const MARK = /\$([1-9])/g;

/** Makes the one function that turns messages into text: for pages, workers, the command line and documents. */
export function createTranslate(catalogue: Catalogue, language: Language): Translate {
  const plurals = new Intl.PluralRules(language);

  function translate(first: MessageKey | Message, ...rest: AnyArgs): string {
    const message: readonly [MessageKey, ...AnyArgs] =
      typeof first === 'string' ? [first, ...rest] : first;
    const [key] = message;
    const count = message.find((part) => typeof part === 'number');
    const values = message.find((part) => typeof part === 'object');
    const text = catalogue(key);
    if (text === undefined) throw new Error(`no message ${key}`);
    if (typeof text === 'string') return fill(text, values ?? []);
    if (count === undefined) throw new Error(`no count for ${key}`);
    return fill(formFor(text, count, plurals), values ?? [String(count)]);
  }

  return Object.assign(translate, {
    language,
    has: (key: string): key is PlainKey => {
      const text = catalogue(key);
      return typeof text === 'string' && !/\$[1-9]/.test(text);
    },
  });
}

/** Zero may have words of its own; every other number goes by the rules of the language. */
function formFor(forms: PluralForms, count: number, plurals: Intl.PluralRules): string {
  if (count === 0 && forms[0] !== undefined) return forms[0];
  return plurals.select(count) === 'one' ? forms[1] : forms.n;
}

function fill(text: string, values: readonly string[]): string {
  return text.replace(MARK, (_mark, n: string) => values[Number(n) - 1] ?? '');
}
