import { browser } from 'wxt/browser';
import { createBrowserCatalogue } from '../i18n/catalogue.ts';
import { createTranslate, type AddParticle, type Translate } from '../i18n/translate.ts';

const getMessage = browser.i18n.getMessage as (name: string, values?: string[]) => string;

/** Makes the function that translates into the browser's language; without `addParticle` only texts without particles. */
export function translateInBrowser(addParticle?: AddParticle): Translate {
  const language = getMessage('lang') === 'ko' ? 'ko' : 'en';
  return createTranslate(createBrowserCatalogue(getMessage), language, addParticle);
}
