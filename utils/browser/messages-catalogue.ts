import type { GeneratedI18nStructure } from '#i18n';
import { browser } from 'wxt/browser';

const getMessage = browser.i18n.getMessage as (name: string, values: string[]) => string;

/** A message in the browser's language. */
export function words(key: keyof GeneratedI18nStructure, ...values: string[]): string {
  return getMessage(key.replaceAll('.', '_'), values);
}

/** A message that has plurals, for a count: `1 | n`, or `0 | 1 | n`, as the locales are built. */
export function counted(
  key: keyof GeneratedI18nStructure,
  count: number,
  values = [String(count)],
): string {
  const forms = words(key, ...values).split(' | ');
  const wanted = forms.length === 2 ? Number(count !== 1) : Math.min(count, 2);
  return forms[wanted] ?? forms.join('');
}
