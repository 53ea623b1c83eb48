import { createApiFact } from '../../utils/capture/call-facts.ts';
import { HANDS_OVER_MS } from '../../utils/capture/sent-to-server.ts';
import { captureSiteResponse } from '../../utils/capture/site-response.ts';
import {
  captureWebRequest,
  type WebRequestDetails,
  type WebRequestEvent,
} from '../../utils/capture/web-request.ts';
import type {
  Fact,
  Observation,
  RecordingEndFact,
  Source,
  TokenFact,
} from '../../utils/model/observation.ts';
import { WRONG_ZONE_MS } from '../../utils/model/time.ts';
import type { Exchange } from './exchange.ts';
import { START, storeOf, type Deed, type Setting } from './history.ts';
import type { TrueLogin } from './kakao.ts';
import type { LoggedCallback, Recorder } from './recorder.ts';

/** The login an observation is about, by the observation's id; null where it is about none. */
export type About = Map<string, TrueLogin | null>;

/** How an observation came to the judge: when, in true time. */
export interface Delivery {
  observation: Observation;
  trueAt: number;
}

/** The hash of a user id, as the extension would make one. */
export const hashOf = (userId: number | string): string => `h${userId}`;

/** The same question has the same answer, so it is asked once: worlds are many and alike. */
function remembered<Q, A>(keyOf: (question: Q) => string, answer: (question: Q) => A) {
  const known = new Map<string, A>();
  return (question: Q): A => {
    const key = keyOf(question);
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = answer(question);
    known.set(key, found);
    return found;
  };
}

const capture = remembered(
  ({ event, details: d }: { event: WebRequestEvent; details: WebRequestDetails }) =>
    `${event} ${d.method} ${d.type} ${d.statusCode} ${d.fromCache} ${d.initiator} ${d.originUrl} ${d.url} ${d.redirectUrl}`,
  (q) => captureWebRequest(q.event, q.details),
);
const captureReports = remembered<
  Parameters<typeof captureSiteResponse>[0],
  ReturnType<typeof captureSiteResponse>
>((q) => JSON.stringify(q), captureSiteResponse);
const originOf = (url: string) => /^[a-z]+:\/\/[^/?#]+/.exec(url)?.[0] ?? '';

/** That a recording ends. */
const ENDED: Omit<Observation<RecordingEndFact>, 'id' | 'at'> = {
  type: 'recording-ended',
  cookieStore: 'default',
  tab: null,
  opener: null,
  site: null,
  source: 'browser',
};

const nowhere = { cookieStore: 'default', tab: null, opener: null };

/** Records as the extension does, in order of arrival, with the browser's own clock. */
export class LiveRecorder implements Recorder {
  readonly deliveries: Delivery[] = [];
  readonly about: About = new Map();
  delivered = 0;
  lost = 0;
  /** What the clock shows, less the true time. */
  skew = 0;
  /** Each change of the clock: true time and the skew since. */
  readonly skews: { at: number; skew: number }[] = [{ at: -Infinity, skew: 0 }];
  readonly knowsBodies: boolean;
  private paused = false;
  private losing = 0;
  private run = 1;
  private count = 0;
  /** When each tab's page last got a token, until it sends something to its server; epoch ms. */
  private readonly gotToken = new Map<string, number>();
  /** Each tab's latest token request, where that was a refresh: its observation's id. */
  private readonly refreshes = new Map<string, string>();
  /** How many pages each tab has shown. */
  private readonly pages = new Map<string, number>();
  private readonly watched: Set<string>;
  private readonly setting: Setting;

  constructor(setting: Setting) {
    this.setting = setting;
    this.knowsBodies = setting.bodies;
    this.watched = new Set(setting.sites.flatMap((s) => [s.origin, s.apiOrigin]));
  }

  hear(e: Exchange): boolean {
    if (e.type === 'main_frame' && e.tab !== null && !e.location)
      this.pages.set(e.tab, (this.pages.get(e.tab) ?? 0) + 1);
    const { recordedFor, recordedFrom = 0 } = this.setting;
    if (e.doneAt < START + recordedFrom) return false;
    if (this.paused || (recordedFor !== null && e.doneAt > START + recordedFor)) return false;
    const isPrivate = e.store === 'private';
    if (isPrivate && !this.setting.privateSeen) return false;
    const host = originOf(e.url);
    const isKakao = host.endsWith('.kakao.com');
    const asks = e.initiator && !e.initiator.endsWith('.kakao.com') ? e.initiator : null;
    if (!isKakao && !this.watched.has(host)) return false;
    // The browser gives requests of a page only where its site was granted too.
    if (e.type !== 'main_frame' && asks && !this.watched.has(asks)) return false;

    const firefox = this.setting.browser === 'firefox';
    const hidden = e.initiator === 'https://accounts.kakao.com' && !firefox;
    const initiator = hidden ? undefined : (e.initiator ?? undefined);
    const captured = capture({
      event: e.location ? 'redirect' : e.status === 0 ? 'error' : 'answered',
      details: {
        url: e.url,
        method: e.method,
        type: e.type,
        statusCode: e.status,
        ...(e.location ? { redirectUrl: e.location } : {}),
        fromCache: e.cached,
        timeStamp: START,
        ...(firefox ? { originUrl: initiator } : { initiator }),
      },
    });
    let given = this.handOver(e, host);
    if (captured) {
      const { fact, site, accessTo } = captured;
      const watched = !!accessTo && this.watched.has(accessTo);
      given = this.give(
        this.withBody(
          fact.type === 'authorize' || fact.type === 'poll' ? { ...fact, watched } : fact,
          e,
        ),
        'browser',
        site,
        e,
      );
      if (given && fact.type === 'token' && e.tab !== null) this.noteTokenRequest(fact, e, e.tab);
    }
    const response =
      e.serverTiming.length > 0
        ? captureReports({
            url: e.url,
            fromCache: e.cached,
            responseHeaders: e.serverTiming.map((value) => ({ name: 'server-timing', value })),
            ...(initiator ? { initiator } : {}),
          })
        : null;
    for (const fact of response?.reports ?? [])
      given = this.give(fact, 'server', response?.site ?? null, e) || given;
    return given;
  }

  /** Gives the fact that a page which just got a token sends something to its server, as the extension notes it. */
  private handOver(e: Exchange, host: string): boolean {
    const page = `${e.store} ${e.tab}`;
    const isTokenRequest = e.url === 'https://kauth.kakao.com/oauth/token';
    if (isTokenRequest && e.status === 200) this.gotToken.set(page, e.doneAt);
    if (!e.form || e.type !== 'xmlhttprequest' || host.endsWith('.kakao.com')) return false;
    const gotAt = this.gotToken.get(page);
    this.gotToken.delete(page);
    if (gotAt === undefined || e.doneAt - gotAt > HANDS_OVER_MS) return false;
    return this.give({ type: 'token-handed' }, 'browser', e.initiator, e);
  }

  /**
   * Gives what the developer tools tell of a token request, after it. A refresh may be taken for the exchange of a code that a page
   * polls for: what began with it is that login, where the page then exchanges the code.
   */
  private noteTokenRequest({ method, status }: TokenFact, e: Exchange, tab: string): void {
    const isRefresh = e.form?.startsWith('grant_type=refresh_token') === true;
    const refresh = this.refreshes.get(tab);
    this.refreshes.delete(tab);
    if (isRefresh) this.refreshes.set(tab, `w${this.count}`);
    else if (refresh && e.login && !this.cameByRedirect(e.login)) this.about.set(refresh, e.login);
    if (!this.setting.bodies) return;
    this.give(
      {
        ...createApiFact({ method, status, path: '/oauth/token' }),
        type: 'answer',
        of: 'token',
        error: null,
        grant: isRefresh ? 'refresh_token' : 'authorization_code',
        sentAt: e.sentAt + this.skew,
      },
      'browser',
      null,
      e,
    );
  }

  /** Whether a redirect with a login's code was given. */
  private cameByRedirect(login: TrueLogin): boolean {
    return this.deliveries.some(
      ({ observation: o }) =>
        this.about.get(o.id) === login &&
        (o.type === 'arrival' || (o.type === 'authorize' && o.outcome === 'code')),
    );
  }

  private withBody(fact: Fact, e: Exchange): Fact {
    const { answer } = e;
    if (!this.setting.bodies || fact.type !== 'api' || !answer) return fact;
    return {
      ...fact,
      code: answer.code,
      hasSignedUp: answer.hasSignedUp,
      // By a clock that is so far off, the developer tools' page does not tell it.
      connectedAt: Math.abs(this.skew) > WRONG_ZONE_MS ? null : answer.connectedAt,
      account: answer.userId === null ? null : hashOf(answer.userId),
      wholeBody: answer.userId !== null,
    };
  }

  private give(fact: Fact, source: Source, site: string | null, e: Exchange): boolean {
    if (this.losing > 0) {
      this.losing -= 1;
      this.lost += 1;
      return false;
    }
    const name = (tab: string | null) => (tab === null ? null : `r${this.run}:${tab}`);
    this.push(
      {
        ...fact,
        ...this.sendingOf(fact, e),
        cookieStore: storeOf(e.tab ?? (e.store === 'private' ? 'p' : 't')),
        tab: name(e.tab),
        opener: name(e.opener),
        site,
        source,
      },
      e.doneAt,
      e.login,
    );
    return true;
  }

  /** When a request was sent, and by which of its tab's pages, as far as the extension notes it. */
  private sendingOf(
    fact: Fact,
    { sentAt: trueAt, tab }: Exchange,
  ): Pick<TokenFact, 'sentAt' | 'documentId'> {
    const sentAt = trueAt + this.skew;
    if (fact.type === 'authorize' && fact.outcome === 'screen') return { sentAt };
    if (fact.type !== 'api' && fact.type !== 'token') return {};
    if (tab === null) return { sentAt };
    return { sentAt, documentId: `${this.run}:${tab}:${this.pages.get(tab) ?? 0}` };
  }

  private push(
    o: Fact & Omit<Observation, 'id' | 'at' | 'type'>,
    trueAt: number,
    login: TrueLogin | null,
    at = trueAt + this.skew,
  ): void {
    this.count += 1;
    this.delivered += 1;
    const id = `w${this.count}`;
    this.deliveries.push({ observation: { ...o, id, at } as Observation, trueAt });
    this.about.set(id, login);
  }

  tell(deed: Deed, at: number): void {
    const say = (fact: Fact, source: Source, site: string | null = null) =>
      this.push({ ...fact, ...nowhere, site, source }, at, null);
    switch (deed.do) {
      case 'pause':
      case 'resume':
        this.paused = deed.do === 'pause';
        return say({ type: 'pause', paused: this.paused }, 'tester');
      case 'revoke':
      case 'grant': {
        const site = this.setting.sites.find((s) => s.name === deed.site);
        if (!site) return;
        const watched = deed.do === 'grant';
        for (const origin of new Set([site.origin, site.apiOrigin])) {
          if (watched) this.watched.add(origin);
          else this.watched.delete(origin);
          say({ type: 'watch', watched }, 'browser', origin);
        }
        return;
      }
      case 'restart':
        this.run += 1;
        return say({ type: 'start' }, 'browser');
      case 'lose':
        this.losing += deed.count;
        return;
      case 'clock':
        this.skew += deed.by;
        this.skews.push({ at, skew: this.skew });
        return;
      default:
        return;
    }
  }

  /** What was recorded is handed on as a report at this instant, and nothing is added later. */
  end(at: number): void {
    this.push(ENDED, at, null);
  }

  /** Sets the link mode of an app's keys, as a tester would before anything else. */
  setMode(clientId: string, linkMode: 'auto' | 'manual', at: number): void {
    this.push(
      { type: 'app', clientId, linkMode, ...nowhere, site: null, source: 'tester' },
      at,
      null,
    );
  }

  callback(entry: LoggedCallback, timeKnown: boolean, at: number): void {
    this.push(
      {
        type: 'unlink-callback',
        appId: entry.appId,
        account: hashOf(entry.userId),
        referrerType: entry.referrerType,
        timeKnown,
        ...nowhere,
        site: null,
        source: 'callback',
      },
      at,
      null,
      timeKnown ? entry.at : at + this.skew,
    );
  }
}
