import type { Answer, CountedCall, Link, TrueLogin } from './kakao.ts';

/** One request and its answer, as the browser knew it. */
export interface Exchange {
  /** True times, epoch ms. `doneAt` is unique in a world. */
  sentAt: number;
  doneAt: number;
  /** Null for a worker. */
  tab: string | null;
  opener: string | null;
  store: string;
  url: string;
  method: 'GET' | 'POST';
  type: 'main_frame' | 'sub_frame' | 'xmlhttprequest';
  /** 0 where no answer came. */
  status: number;
  location: string | null;
  /** Origin of the page that asked; null where none did. */
  initiator: string | null;
  cached: boolean;
  /** Values of Server-Timing. */
  serverTiming: string[];
  /** The page that asked, with its query: what a form's POST has as `Referer`. */
  referer: string | null;
  form: string | null;
  html: boolean;
  /** The answer of an API call, where one came. */
  answer: Answer | null;
  /** The body of an answer that is no API call's. */
  body: string | null;
  authorization: string | null;

  // The truth about it.
  login: TrueLogin | null;
  counted: CountedCall | null;
  cuts: Link | null;
  /** The judge was given something of it. */
  seen: boolean;
}

/** An exchange of which nothing is special but what is given. */
export function exchange(
  given: Partial<Exchange> & Pick<Exchange, 'sentAt' | 'doneAt' | 'tab' | 'store' | 'url'>,
): Exchange {
  return {
    opener: null,
    method: 'GET',
    type: 'main_frame',
    status: 200,
    location: null,
    initiator: null,
    cached: false,
    serverTiming: [],
    referer: null,
    form: null,
    html: false,
    answer: null,
    body: null,
    authorization: null,
    login: null,
    counted: null,
    cuts: null,
    seen: false,
    ...given,
  };
}
