import { keepLatest } from '../model/keep-latest.ts';

/** How many requests are remembered: the last ones tell enough. */
const MAX_REMEMBERED = 100;

/**
 * Tells when a request to a site was sent, at the latest, by Chrome's numbers of requests, which grow: one with a smaller
 * number than a request to Kakao went out before it. Firefox's numbers tell nothing.
 */
export interface RequestOrder {
  /** Notes that a request to Kakao is sent at an instant, epoch ms. */
  sent(requestId: string, at: number): void;
  /** Notes that a request goes on to another address: its number does not tell when it went there. */
  redirected(requestId: string): void;
  /** Notes that a request is over; gives the instant, epoch ms, before which it was sent. Undefined where none is known. */
  ended(requestId: string): number | undefined;
}

/** Begins with nothing. */
export function createRequestOrder(): RequestOrder {
  /** When requests to Kakao were sent, by their numbers, the earliest first. */
  const sentAt = new Map<number, number>();
  const redirected = new Set<string>();
  return {
    sent(requestId, at) {
      const number = Number(requestId);
      if (import.meta.env.FIREFOX || sentAt.has(number)) return;
      sentAt.set(number, at);
      keepLatest(sentAt, MAX_REMEMBERED);
    },
    redirected(requestId) {
      redirected.add(requestId);
      keepLatest(redirected, MAX_REMEMBERED);
    },
    ended(requestId) {
      if (redirected.delete(requestId)) return undefined;
      for (const [number, at] of sentAt) if (number > Number(requestId)) return at;
      return undefined;
    },
  };
}
