import { neutralText } from './neutral-text.ts';

const oneLine = (text: string) =>
  neutralText(text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));

/** A value as it is: in a code span nothing of it is markup, a link or a mention. */
export function code(value: string): string {
  const text = oneLine(value);
  if (!text.trim()) return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`;
}

/** A run of letters without spaces that is a path, an address, a mention, a reference or a name of the protocol. */
const QUOTED =
  /^\/|:\/\/|[@#][\p{L}\p{N}]|[\p{L}\p{N}]{2}\.[\p{L}\p{N}]{2}|[\p{L}\p{N}]_[\p{L}\p{N}]/u;
const WORD = /^(["'([]*)(.*?)([.,;:!?"')\]]*)$/;

/**
 * One of our sentences, or a tester's. What stands between backticks in it, and each path or address, stands in code;
 * nothing else of it is markup, a link or a mention.
 */
export function prose(text: string): string {
  const parts = oneLine(text).trim().split('`');
  const isPaired = parts.length % 2 === 1 && parts.every((part, i) => i % 2 === 0 || part.trim());
  const pieces = isPaired
    ? parts.flatMap((part, i) => (i % 2 ? { code: part } : piecesOf(part)))
    : piecesOf(parts.join('`'));
  const written = pieces.map((piece, i) => {
    if (!('code' in piece)) return escape(piece.text);
    // Two code spans that touch would be read as one.
    const before = pieces[i - 1];
    return before && 'code' in before ? ` ${code(piece.code)}` : code(piece.code);
  });
  return written
    .join('')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

type Piece = { code: string } | { text: string };

/** A request, or a header with its value: code of several words. */
const SPOKEN = /(\b(?:GET|POST) \/(?:[!-~]*[\w/*])?|(?:Server-Timing: )?\bkakao;desc="[ -~]*?")/;

/** Divides a text without marks of code into what stands in code all the same and what does not; no piece is empty. */
const piecesOf = (text: string): Piece[] =>
  text.split(SPOKEN).flatMap((part, i) => (i % 2 ? { code: part } : wordsOf(part)));

const wordsOf = (text: string): Piece[] =>
  text.split(/([\x21-\x7e]+)/).flatMap((run) => {
    const [, before = '', middle = '', after = ''] = WORD.exec(run) ?? [];
    const pieces = QUOTED.test(middle)
      ? [{ text: before }, { code: middle }, { text: after }]
      : [{ text: run }];
    return pieces.filter((piece) => ('code' in piece ? piece.code : piece.text));
  });

const escape = (text: string) =>
  text.replace(/[\\`*_[\]<>&|~#]|!(?=\[)|\.(?=[\p{L}\p{N}])/gu, '\\$&');
