const escapeMarkup = (text: string) =>
  text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** A text as it may stand in the content or a quoted attribute of XML; what XML 1.0 cannot say is replaced. */
export function escapeXml(text: string): string {
  return (
    escapeMarkup(text)
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/[\n\r\t]/g, (c) => `&#${c.charCodeAt(0)};`)
  );
}

/** A text as it may stand in the content or a quoted attribute of HTML; control characters are replaced. */
export function escapeHtml(text: string): string {
  return escapeMarkup(text)
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|\p{Noncharacter_Code_Point}/gu, '\ufffd');
}
