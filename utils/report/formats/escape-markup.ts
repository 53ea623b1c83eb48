import { neutralText } from './neutral-text.ts';

const escapeMarkup = (text: string) =>
  neutralText(text.toWellFormed())
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** A text as it may stand in the content or a quoted attribute of XML; what XML 1.0 cannot say is replaced. */
export function escapeXml(text: string): string {
  return escapeMarkup(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[\n\r\t]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A text as it may stand in the content or a quoted attribute of HTML; control characters are replaced, as is what turns the direction of writing. */
export function escapeHtml(text: string): string {
  return escapeMarkup(text)
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd');
}
