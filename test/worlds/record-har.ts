import { captureHarRecording } from '../../utils/capture/har/capture-har.ts';
import { endpointOf, type Endpoint } from '../../utils/kakao/endpoints.ts';
import type { Observation } from '../../utils/model/observation.ts';
import { HOUR_MS, MINUTE_MS } from '../../utils/model/time.ts';
import { exchange, type Exchange } from './exchange.ts';
import { endAsWritten, exported } from './exporters.ts';
import { START, type Deed, type Setting } from './history.ts';
import { hashOf, type About, type Delivery } from './record-live.ts';
import type { Recorder } from './recorder.ts';

const ADDRESSES: Record<string, string> = {
  default: '10.0.0.2',
  private: '10.0.0.3',
  'back-end': '10.0.0.4',
};
const JAVA_ACCEPT = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2';
const AGENTS: Record<string, string> = {
  'back-end': 'Java/21.0.5',
  default: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36',
  private: 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Safari/604.1',
  'container-2': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
};

/** Of which endpoint an observation tells; a site's own page is none. */
const ENDPOINTS: Partial<Record<Observation['type'], Endpoint>> = {
  authorize: 'authorize',
  token: 'token',
  poll: 'code-poll',
  frame: 'sdk-frame',
  api: 'api',
};

/**
 * Records as a HAR 1.2 file. With `devices`, as a proxy does: traffic of several devices in one file, without pages.
 * Otherwise as one browser does: only what its normal windows did.
 */
export class HarRecorder implements Recorder {
  readonly entries: object[] = [];
  delivered = 0;
  lost = 0;
  readonly knowsBodies: boolean;
  private readonly exchanges: Exchange[] = [];
  private readonly setting: Setting;

  constructor(setting: Setting) {
    this.setting = setting;
    this.knowsBodies = setting.bodies;
  }

  hear(e: Exchange): boolean {
    const { recordedFor, recordedFrom = 0, proxy } = this.setting;
    if (e.doneAt < START + recordedFrom) return false;
    if (recordedFor !== null && e.doneAt > START + recordedFor) return false;
    if (e.store === 'back-end' ? proxy !== 'back-end' : !proxy && e.store !== 'default')
      return false;
    if (this.isLacked(e)) {
      this.lost += 1;
      return false;
    }
    this.delivered += 1;
    this.exchanges.push(e);
    this.entries.push(entryOf(e, this.setting));
    return true;
  }

  /** Whether the file lacks a request. It never lacks one that cut a link or handed a token over: nothing else may tell of that. */
  private isLacked({ cuts, form, url }: Exchange): boolean {
    const isHandover = form !== null && !url.includes('.kakao.com/');
    if (cuts !== null || isHandover) return false;
    return this.entries.length + this.lost === this.setting.lacks;
  }

  tell(_deed: Deed, _at: number): void {}
  callback(): void {}

  /** The recording goes on until this instant: a page is loaded then. */
  keepOn(until: number): void {
    const site = this.setting.sites[0];
    if (!site || this.setting.recordedFor !== null) return;
    const e = exchange({
      sentAt: until - 50,
      doneAt: until,
      tab: 't1',
      store: 'default',
      url: `${site.origin}/`,
      html: true,
    });
    this.entries.push(entryOf(e, this.setting));
  }

  /** The observations that the file gives, and what each is about. */
  async read(): Promise<{ deliveries: Delivery[]; about: About }> {
    const { exporter } = this.setting;
    const entries = exporter ? exported(this.entries, exporter) : this.entries;
    const observations = await captureHarRecording(entries, async (id) => hashOf(id));
    const ending = Map.groupBy(this.exchanges, (e) => endAsWritten(e.sentAt, e.doneAt, exporter));
    const told = Map.groupBy(observations.filter(mayEndLogin), (o) => `${o.type} ${o.at}`);
    const about: About = new Map(
      observations.map((o) => {
        const ended = ending.get(o.at) ?? [];
        const endpoint = ENDPOINTS[o.type] ?? null;
        const onEndpoint = ended.filter((e) => endpointOf(new URL(e.url)) === endpoint);
        const ofLogins = (onEndpoint.length ? onEndpoint : ended).filter((e) => e.login !== null);
        // Where an exporter writes whole seconds, several logins end at once: those of the file are told in their order.
        const together = told.get(`${o.type} ${o.at}`) ?? [];
        const place = together.length === ofLogins.length ? together.indexOf(o) : -1;
        return [o.id, ofLogins.at(place)?.login ?? null];
      }),
    );
    return { deliveries: observations.map((o) => ({ observation: o, trueAt: o.at })), about };
  }
}

/** Whether an observation is one that a login may end with, and no step on the way to it. */
function mayEndLogin(o: Observation): boolean {
  return !('outcome' in o) || o.outcome === 'code' || o.outcome === 'token';
}

/** How far Kakao's clock is ahead of the recorder's, in ms, where its answers say so; null where they tell no time. */
const AHEAD = [null, 0, -9 * HOUR_MS, 12 * MINUTE_MS];

const aheadIn = ({ seed }: Setting) => AHEAD[seed % AHEAD.length] ?? null;

function bodyOf(e: Exchange, kakaoAhead: number): string | null {
  const { answer } = e;
  if (e.body !== null) return e.body;
  if (!answer) return e.cached ? '{"id":1}' : null;
  if (answer.code !== null) return JSON.stringify({ msg: 'x', code: answer.code });
  return JSON.stringify({
    ...(answer.userId === null ? {} : { id: answer.userId }),
    ...(answer.connectedAt === null
      ? {}
      : {
          connected_at: new Date(answer.connectedAt + kakaoAhead)
            .toISOString()
            .replace(/\.\d{3}Z$/, 'Z'),
        }),
    ...(answer.hasSignedUp === null ? {} : { has_signed_up: answer.hasSignedUp }),
  });
}

function entryOf(e: Exchange, setting: Setting): object {
  const { bodies, seed, proxy } = setting;
  const ahead = aheadIn(setting);
  const devices = proxy !== null;
  const backEnd = e.store === 'back-end';
  const isPage = e.type !== 'xmlhttprequest';
  const header = (name: string, value: string | null) => (value ? [{ name, value }] : []);
  const text = e.body?.includes('postResponse') || bodies || e.body ? bodyOf(e, ahead ?? 0) : null;
  const cachedHow = e.cached ? seed % 3 : -1;
  return {
    startedDateTime: new Date(e.sentAt).toISOString(),
    time: e.doneAt - e.sentAt,
    ...(devices ? {} : { pageref: `page@${e.tab ?? 'worker'}` }),
    ...(devices ? {} : { _resourceType: isPage ? 'document' : 'xhr' }),
    ...(cachedHow === 0 ? { _fromCache: 'disk' } : {}),
    ...(cachedHow === 1 ? { _fetchType: 'Disk Cache' } : {}),
    ...(devices ? { clientIPAddress: ADDRESSES[e.store] ?? '10.0.0.5' } : {}),
    request: {
      method: e.method,
      url: e.url,
      headers: [
        ...header('User-Agent', AGENTS[e.store] ?? null),
        ...header(
          'Accept',
          backEnd
            ? JAVA_ACCEPT
            : isPage
              ? 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8'
              : '*/*',
        ),
        ...header(
          'Sec-Fetch-Dest',
          backEnd ? null : e.type === 'sub_frame' ? 'iframe' : isPage ? 'document' : 'empty',
        ),
        ...(isPage && e.method === 'GET' ? [] : header('Origin', e.initiator)),
        ...header('Referer', e.referer ?? (e.initiator ? `${e.initiator}/` : null)),
        ...header('Authorization', e.authorization),
      ],
      ...(e.form
        ? { postData: { mimeType: 'application/x-www-form-urlencoded', text: e.form } }
        : {}),
    },
    response: {
      status: e.status,
      redirectURL: e.location ?? '',
      headers: [
        ...e.serverTiming.map((value) => ({ name: 'Server-Timing', value })),
        ...(ahead === null ? [] : header('Date', new Date(e.doneAt + ahead).toUTCString())),
      ],
      content: {
        mimeType: e.html ? 'text/html' : 'application/json',
        ...(text === null ? {} : { text }),
      },
      ...(cachedHow === 2 ? { _serviceWorkerResponseSource: 'cache-storage' } : {}),
    },
    cache: {},
  };
}
