import type { Translate } from '../../i18n/translate.ts';
import type { Report } from '../document.ts';
import { escapeHtml } from './escape-markup.ts';
import { reportHtml, titleOf } from './html-body.ts';
import { HTML_LOOK } from './html-look.ts';

/** One HTML file that needs nothing else and runs nothing: for mail, tickets, archives and paper. */
export function writeHtml(report: Report, t: Translate): string {
  return `${[
    '<!doctype html>',
    `<html lang="${t.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(titleOf(report, t))}</title>`,
    `<style>${HTML_LOOK}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...reportHtml(report, t, { timelines: true }),
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

/** The same as elements without a look of their own, to paste where rich text is written, such as Jira and Notion. */
export function writeRichText(report: Report, t: Translate): string {
  return `${reportHtml(report, t, { timelines: false }).join('\n')}\n`;
}
