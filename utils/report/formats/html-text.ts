import { escapeHtml } from './escape-markup.ts';

/** A value as it is in traffic, as HTML. */
export const code = (text: string) => `<code>${escapeHtml(text)}</code>`;

/** One of our own texts as HTML: its backticks mark code. */
export const ownText = (text: string) => escapeHtml(text).replace(/`([^`]*)`/g, '<code>$1</code>');
