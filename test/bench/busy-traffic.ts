import { APP, SITE } from '../unit/fixtures.ts';

/** The webRequest events that the worker listens to. */
type EventName = 'onBeforeRequest' | 'onBeforeRedirect' | 'onResponseStarted' | 'onCompleted';

/** One event, as Chromium gives it. */
export interface TrafficEvent {
  name: EventName;
  details: {
    requestId: string;
    url: string;
    method: string;
    type: string;
    statusCode: number;
    tabId: number;
    ip: string;
    /** Epoch ms. */
    timeStamp: number;
    initiator?: string;
    redirectUrl?: string;
    responseHeaders?: { name: string; value: string }[];
  };
}

const KAUTH = 'https://kauth.kakao.com';
const CALLBACK = `${SITE}/cb`;

/** How long after a login of a busy day the next one begins, in ms. */
export const LOGIN_EVERY_MS = 40_000;

/**
 * The events of one of a busy day's logins, which begins at an instant (epoch ms), in a tab of its own: a first login with
 * its token and so many calls, a flow in the next tab that never ends, and a server's report that finds no login. They make
 * six observations and one for each call.
 */
export function busyLogin(number: number, at: number, calls: number): TrafficEvent[] {
  let count = 0;
  const tabId = 2 * number + 1;
  const request = (
    name: EventName,
    after: number,
    details: Pick<TrafficEvent['details'], 'url'> & Partial<TrafficEvent['details']>,
  ): TrafficEvent[] => {
    count += 1;
    const whole = {
      requestId: `${number}-${count}`,
      method: 'GET',
      type: 'main_frame',
      statusCode: 200,
      tabId,
      ip: '203.0.113.7',
      timeStamp: at + after,
      ...details,
    };
    const answered = { ...whole, timeStamp: at + after + 50 };
    return [
      { name: 'onBeforeRequest', details: whole },
      { name, details: answered },
    ];
  };
  const authorize = `${KAUTH}/oauth/authorize?client_id=${APP}&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=code&state=1`;
  const loginForm = {
    url: authorize,
    statusCode: 302,
    initiator: SITE,
    redirectUrl: `https://accounts.kakao.com/login/?continue=${encodeURIComponent(authorize)}`,
  };
  const byPage = { type: 'xmlhttprequest', initiator: SITE };
  const me = { ...byPage, url: 'https://kapi.kakao.com/v2/user/me' };
  return [
    ...request('onBeforeRedirect', 0, loginForm),
    ...request('onCompleted', 2000, {
      url: `${authorize}&through_account=true`,
      initiator: 'https://accounts.kakao.com',
    }),
    ...request('onBeforeRedirect', 3000, {
      url: `${KAUTH}/oauth/authorize`,
      method: 'POST',
      statusCode: 302,
      initiator: KAUTH,
      redirectUrl: `${CALLBACK}?code=abc&state=1`,
    }),
    ...request('onCompleted', 4000, { ...byPage, url: `${KAUTH}/oauth/token`, method: 'POST' }),
    ...Array.from({ length: calls }, (_, i) => request('onCompleted', 5000 + i * 100, me)).flat(),
    ...request('onBeforeRedirect', 30_000, { ...loginForm, tabId: tabId + 1 }),
    ...request('onResponseStarted', 31_000, {
      url: 'https://none.test/api',
      type: 'xmlhttprequest',
      initiator: 'https://none.test',
      responseHeaders: [{ name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' }],
    }),
  ];
}
