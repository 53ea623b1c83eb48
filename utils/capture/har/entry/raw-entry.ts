import { listOf, objectOf, textOf, type Json } from '../../../model/json.ts';
import { fieldList, headerIn } from './har-headers.ts';

/** Nothing was recorded earlier, epoch ms. */
const EARLIEST_RECORDED = Date.UTC(2000, 0);
/** Nothing was recorded later, epoch ms. */
export const LATEST_RECORDED = Date.UTC(2100, 0);

/** The name of the page that an entry of any shape was made for; null where it does not say. */
export function pagerefOf(value: unknown): string | null {
  return textOf(objectOf(value)['pageref']);
}

/** Returns when an entry of any shape started, in epoch ms; null where it does not say, or says an absurd time. */
export function startOfEntry(value: unknown): number | null {
  return instantOf(textOf(objectOf(value)['startedDateTime']));
}

/** Reads a date and time in any form, in epoch ms; null where there is none, or an absurd one. */
export function instantOf(text: string | null): number | null {
  const at = Date.parse(text ?? '');
  return at >= EARLIEST_RECORDED && at <= LATEST_RECORDED ? at : null;
}

/** Whether the address of an entry of any shape names Kakao at all: most are none of its, and need not be read. */
export function mayBeToKakao(value: unknown): boolean {
  return /kakao/i.test(textOf(objectOf(objectOf(value)['request'])['url']) ?? '');
}

/** The value of the first response header of a name, given in lower case, of an entry of any shape; null where there is none. */
export function answerHeaderOf(value: unknown, name: string): string | null {
  return headerIn(listOf(objectOf(objectOf(value)['response'])['headers']), name);
}

/** What was sent, out of its fields where the recorder took it apart; null where it does not say. */
export function sentTextOf(postData: Json): string | null {
  const text = textOf(postData['text']);
  if (text || !Array.isArray(postData['params'])) return text;
  return new URLSearchParams(fieldList(postData['params'])).toString();
}

/** Whether a request of any shape sent what the recorder left out. Of files that are sent it always leaves out some. */
export function isSendingLeftOut(request: Json): boolean {
  if (!/^(POST|PUT|PATCH)$/i.test(textOf(request['method']) ?? '')) return false;
  if (sentTextOf(objectOf(request['postData']))) return false;
  const headers = listOf(request['headers']);
  // Every request has headers: a file without them shows nothing of what was sent.
  if (!headers.length) return true;
  const header = (name: string) => headerIn(headers, name) ?? '';
  const type = header('content-type');
  const length = header('content-length');
  const size = Math.max(numberOf(request['bodySize']), Number(length) || 0);
  // Where nothing says how much was sent, only what is sent has a type.
  const isSizeUnknown = length === '' && numberOf(request['bodySize']) < 0 && type !== '';
  return (size > 0 || isSizeUnknown) && !type.startsWith('multipart/');
}

/** A number, also where a recorder writes it as text. */
export function numberOf(value: unknown): number {
  return typeof value === 'string' && /^\d{1,3}$/.test(value.trim())
    ? Number(value)
    : typeof value === 'number'
      ? value
      : 0;
}
