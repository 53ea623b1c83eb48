import { browser } from 'wxt/browser';
import type { Catalogue } from '../i18n/catalogue.ts';
import { createTranslate } from '../i18n/translate.ts';

const getMessage = browser.i18n.getMessage as (name: string, values: string[]) => string;

/** The browser puts values in by itself; given the marks as values, it leaves them in place. */
const MARKS = ['$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8', '$9'];

/** The browser's own catalogue, in the browser's language. WXT builds the forms of a plural as `1 | n` or `0 | 1 | n`. */
const browserCatalogue: Catalogue = (key) => {
  const [first = '', second, third] = getMessage(key.replaceAll('.', '_'), MARKS).split(' | ');
  if (second === undefined) return first || undefined;
  return third === undefined ? { 1: first, n: second } : { 0: first, 1: second, n: third };
};

/** Translates into the browser's language. */
export const t = createTranslate(browserCatalogue, getMessage('lang', []) === 'ko' ? 'ko' : 'en');
