import { browser } from 'wxt/browser';
import type { AnswerBody } from '../capture/tools-answer.ts';
import { isKakaoAddress } from '../kakao/endpoints.ts';

/** A request that the developer tools have finished: a HAR entry that gives its body when asked. */
interface FinishedRequest {
  request: { url: string };
  response: { content?: { encoding?: string } };
  getContent(): Promise<Content>;
}

/** A body: Chrome's own form, or that of Firefox and the polyfill. The second part is the encoding, in Firefox the type. */
type Content =
  | { content: string | null; encoding: string }
  | readonly [content: string | null, encodingOrType: string | null];

/** The browser's id of the tab that these developer tools inspect. */
export function inspectedTab(): number {
  return browser.devtools.inspectedWindow.tabId;
}

/**
 * Listens to the answers that the developer tools of a tab have received. Only where `isRead` says so of a HAR entry is its
 * body asked for.
 */
export function listenToAnswers(
  isRead: (entry: unknown) => boolean,
  callback: (entry: unknown, body: AnswerBody) => Promise<void>,
): void {
  const read = async (request: FinishedRequest) => {
    if (!isRead(request)) return;
    const content = await request.getContent();
    await callback(request, bodyOf(content, request.response.content?.encoding));
  };
  browser.devtools.network.onRequestFinished.addListener((finished) => {
    const request = finished as unknown as FinishedRequest;
    // Most requests are not Kakao's, and are not looked at.
    if (!isKakaoAddress(request.request.url)) return;
    read(request).catch((error: unknown) => console.error(error));
  });
}

/** A body in one form; `named` is the encoding that the entry names, which Firefox does. */
function bodyOf(content: Content, named: string | undefined): AnswerBody {
  const [text, encoding] =
    'content' in content ? [content.content, content.encoding] : [content[0], content[1]];
  return { text, isBase64: named === 'base64' || encoding === 'base64' };
}
