import en from '../../locales/en.json' with { type: 'json' };
import ko from '../../locales/ko.json' with { type: 'json' };
import { createCatalogue, type Language } from './catalogue.ts';
import { createTranslate, type Translate } from './translate.ts';

const LOCALES = { en, ko };

/**
 * Translates into a language of choice. It carries all of `locales/` with it: for web workers, the command line, scripts
 * and tests. Pages and the background worker have the browser's own catalogue.
 */
export function translateIn(language: Language): Translate {
  return createTranslate(createCatalogue(LOCALES[language]), language);
}

/**
 * Translates for readers of the command line: where a message says what to do, the group `commandLine` may have one of the
 * same key that says what can be done there.
 */
export function translateForCommandLine(language: Language): Translate {
  const { commandLine, ...others } = LOCALES[language];
  return createTranslate(createCatalogue(others, commandLine), language);
}
