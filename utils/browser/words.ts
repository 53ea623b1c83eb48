import type { GeneratedI18nStructure } from '#i18n';
import { browser } from 'wxt/browser';

const getMessage = browser.i18n.getMessage as (name: string, values: string[]) => string;

/** A message without a plural, in the browser's language: all the worker needs of the locales. */
export function words(key: keyof GeneratedI18nStructure, ...values: string[]): string {
  return getMessage(key.replaceAll('.', '_'), values);
}
