import { isKakaoAddress } from '../../kakao/endpoints.ts';
import { objectOf, textOf } from '../../model/json.ts';
import { headerOf, type HarEntry } from './entry/har-entry.ts';
import { answerHeaderOf } from './entry/raw-entry.ts';
import type { HarPage } from './place/har-page.ts';

/** Whether Kakao's answers tell the time, as far as they are in a file: what answers in its place need not. */
export function tellsKakaoTime(entries: readonly unknown[]): boolean {
  return entries.some((entry) => {
    const { url } = objectOf(objectOf(entry)['request']);
    return isKakaoAddress(textOf(url) ?? '') && answerHeaderOf(entry, 'date') !== null;
  });
}

/**
 * Whether somebody else may have answered a call in Kakao's place: a test or a proxy, which do not tell the time as Kakao's
 * other answers do (`isTimeTold`), or a gateway on the way, with a page in the place of JSON.
 */
export function mayBeMadeUp(entry: HarEntry, page: HarPage, isTimeTold: boolean): boolean {
  if (entry.status !== 200) return false;
  const isPage =
    !page.document && (entry.mimeType.startsWith('text/html') || /^\s*</.test(entry.body ?? ''));
  return isPage || (isTimeTold && headerOf(entry, 'date', 'response') === null);
}
