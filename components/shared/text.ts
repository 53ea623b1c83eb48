// oxlint-disable-next-line no-restricted-imports -- the one door to the browser's catalogue
import { translateInBrowser } from '../../utils/browser/messages-catalogue.ts';
import { addParticle } from '../../utils/i18n/particle.ts';

/** Translates into the browser's language. */
export const t = translateInBrowser(addParticle);
