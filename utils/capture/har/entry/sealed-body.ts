import { decodeBase64 } from '../../../model/base64.ts';
import { listOf, objectOf, textOf, type Json } from '../../../model/json.ts';
import { headerIn } from './har-headers.ts';

/** What may be encrypted, in base64 or hex. What holds a token is not shorter: Kakao's have some 50 characters. */
const LONG_WORD = /[\w+/-]{80,}/g;
/** The same in a form, too: most bodies have no such word, and need not be taken apart. */
const MAY_BE_LONG = /[\w+/%-]{80}/;
/** A signed token shows what it says, but for its signature. */
const SIGNED = /eyJ[\w-]*\.[\w-]*\.[\w-]*(?![\w.-])/g;
/** A code, which is no token, where a page sends it as such or in an address. */
const CODE = /code(?:["']?\s*[=:]\s*["']?|%3D)[\w-]+/gi;
/**
 * What a page sends under these names is somebody else's: an answer to a captcha, a mark against forgery, a form's state,
 * a key.
 */
const NAMED_OTHER =
  /(?:captcha|turnstile|csrf|xsrf|forgery|RequestVerificationToken|authenticity_token|VIEWSTATE|EVENTVALIDATION|p256dh)[\w-]*[\\"'\]]*(?:\s*[=:]\s*|\s+)[\\"']*[\w+/=.-]+/gi;
/** Where push messages are sent to: an address of a browser's maker, or a name that Firebase gave. */
const PUSH_TARGET =
  /https:\/\/(?:fcm\.googleapis\.com|updates\.push\.services\.mozilla\.com|web\.push\.apple\.com|[\w-]+\.notify\.windows\.com)\/[^\s"'\\&]+|:APA91b[\w-]+/g;
/** A picture that is sent as an address. */
const PICTURE = /data:image\/[\w.+-]+;base64,[\w+/=]+/g;
/** What holds letters and digits of hex alone. */
const HEX = /^[\da-f]+$/i;
/** A longer body is a file's. */
const MAX_SEALED = 200_000;

/** Whether a page packed or encrypted what a request of any shape sends, so that nobody can say whether it holds a token. */
export function isBodySealed(request: Json): boolean {
  const text = textOf(objectOf(request['postData'])['text']);
  if (!text) return false;
  const packing = headerIn(listOf(request['headers']), 'content-encoding') ?? 'identity';
  if (packing.toLowerCase() !== 'identity') return true;
  if (text.length > MAX_SEALED || !MAY_BE_LONG.test(text)) return false;
  const open = plain(text.replace(SIGNED, ' ').replace(CODE, ' '));
  return withoutOthers(open).match(LONG_WORD)?.some(isOpaque) ?? false;
}

/** A form's text as it was before its encoding, as far as words of base64, addresses and pictures have it. */
function plain(text: string): string {
  return text.replace(/%(?:2[BCF]|3[ABD])/gi, (escape) => decodeURIComponent(escape));
}

/** A text without what is long, looks encrypted and holds no token of Kakao's, as its name or its form says. */
function withoutOthers(text: string): string {
  return [NAMED_OTHER, PUSH_TARGET, PICTURE].reduce(
    (left, other) => left.replace(other, ' '),
    text,
  );
}

/** Whether a word is no name or address, and no text in base64. */
function isOpaque(word: string): boolean {
  const isMixed = [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(word));
  if (!isMixed && !HEX.test(word)) return false;
  const whole = decodeBase64(word.slice(0, word.length - (word.length % 4)));
  const bytes = Uint8Array.from(whole, (c) => c.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return true;
  }
}
