import { translateIn } from '../../utils/i18n/translate-in.ts';

/** Stands in for the browser's catalogue: the language is the page's `?lang=`. */
export const t = translateIn(
  new URLSearchParams(location.search).get('lang') === 'ko' ? 'ko' : 'en',
);
