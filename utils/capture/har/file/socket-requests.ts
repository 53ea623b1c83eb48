import { listOf, objectOf, textOf } from '../../../model/json.ts';
import { LATEST_RECORDED } from '../entry/raw-entry.ts';

/**
 * What a page sent by a WebSocket, out of an entry of any shape: the request that opened it, and each message as one that
 * posts it, since what is sent may be younger than the socket. None where the entry is of no socket.
 */
export function socketRequests(value: unknown): object[] {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  const address = textOf(request['url']) ?? '';
  // Proxies write the address that was asked before it became a socket.
  const isSocket = /^wss?:/i.test(address) || listOf(entry['_webSocketMessages']).length > 0;
  if (!isSocket) return [];
  const url = address.replace(/^ws(?=s?:)/i, 'http');
  const opening = { ...entry, time: 0, _resourceType: 'websocket', request: { ...request, url } };
  return [
    opening,
    ...listOf(entry['_webSocketMessages']).flatMap((message) => {
      const { type, time, data } = objectOf(message);
      // In seconds, as Chromium writes it.
      const at = typeof time === 'number' ? time * 1000 : Number.NaN;
      if (type !== 'send' || typeof data !== 'string' || !(at > 0 && at < LATEST_RECORDED))
        return [];
      const posted = { ...request, url, method: 'POST', postData: { text: data } };
      return [{ ...opening, startedDateTime: new Date(at).toISOString(), request: posted }];
    }),
  ];
}
