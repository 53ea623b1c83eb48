// oxlint-disable-next-line no-restricted-imports -- the one door to the browser's catalogue
export { t } from '../../utils/browser/messages-catalogue.ts';
