import { browser } from 'wxt/browser';
import { createBrowserCatalogue } from '../i18n/catalogue.ts';
import { createTranslate } from '../i18n/translate.ts';

const getMessage = browser.i18n.getMessage as (name: string, values?: string[]) => string;

/** Translates into the browser's language. */
export const t = createTranslate(
  createBrowserCatalogue(getMessage),
  getMessage('lang') === 'ko' ? 'ko' : 'en',
);
