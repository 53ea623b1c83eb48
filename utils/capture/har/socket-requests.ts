import { objectOf, textOf } from '../../model/json.ts';

const LATEST_MS = Date.UTC(2100, 0);

/**
 * What a page sent by a WebSocket, out of an entry of any shape: the request that opened it, and each message as one that
 * posts it, since what is sent may be younger than the socket. None where the entry is of no socket.
 */
export function socketRequests(value: unknown): object[] {
  const entry = objectOf(value);
  const request = objectOf(entry['request']);
  const address = textOf(request['url']) ?? '';
  const messages = entry['_webSocketMessages'];
  if (!/^wss?:/i.test(address)) return [];
  const url = address.replace(/^ws/i, 'http');
  const opening = { ...entry, time: 0, _resourceType: 'websocket', request: { ...request, url } };
  return [
    opening,
    ...(Array.isArray(messages) ? messages : []).flatMap((message) => {
      const { type, time, data } = objectOf(message);
      // In seconds, as Chromium writes it.
      const at = typeof time === 'number' ? time * 1000 : Number.NaN;
      if (type !== 'send' || typeof data !== 'string' || !(at > 0 && at < LATEST_MS)) return [];
      const posted = { ...request, url, method: 'POST', postData: { text: data } };
      return [{ ...opening, startedDateTime: new Date(at).toISOString(), request: posted }];
    }),
  ];
}
