import { exchange, type Exchange } from './exchange.ts';
import {
  START,
  storeOf,
  type Action,
  type Deed,
  type Fate,
  type History,
  type SiteSetting,
} from './history.ts';
import { Kakao, type Answer, type Link, type Token, type TrueLogin } from './kakao.ts';
import type { Recorder } from './recorder.ts';

const KAUTH = 'https://kauth.kakao.com';
const KAPI = 'https://kapi.kakao.com';
const ACCOUNTS = 'https://accounts.kakao.com';

type LoginDeed = Extract<Deed, { do: 'login' }>;
type CallDeed = Extract<Deed, { do: 'call' }>;

/** A login on its way in a tab. */
interface Flow {
  deed: LoginDeed;
  site: SiteSetting;
  key: string;
  /** Of its authorize request. */
  url: string;
  /** Where Kakao's pages show: the tab itself or a popup of it. */
  tab: string;
  opener: string | null;
  at: 'form' | 'consent';
  /** For whom the consent screen is. */
  who: string;
  /** Observations of its steps that the judge was given so far. */
  seen: number;
}

/** What a world really did. */
export interface Played {
  kakao: Kakao;
  logins: TrueLogin[];
  /** True time of the end of the last action. */
  end: number;
  /** Something that Kakao answered was kept from the judge. */
  hidden: boolean;
}

/** Plays a history: Kakao answers, the recorder hears what a browser would let it hear. */
export function play({ setting, actions }: History, recorder: Recorder): Played {
  const player = new Player({ setting, actions }, recorder);
  for (const action of actions) player.act(action);
  return player.finish();
}

class Player {
  private now = START;
  private due = START;
  private lastDone = START;
  private popups = 0;
  private readonly kakao: Kakao;
  private readonly logins: TrueLogin[] = [];
  private readonly flows = new Map<string, Flow>();
  private readonly tokens = new Map<string, Token>();
  private readonly serverTokens = new Map<string, Token>();
  private readonly pages = new Map<string, SiteSetting>();
  private readonly frames = new Set<string>();
  private later: Exchange[] = [];
  private hidden = false;
  private readonly history: History;
  private readonly recorder: Recorder;

  constructor(history: History, recorder: Recorder) {
    this.history = history;
    this.recorder = recorder;
    this.kakao = new Kakao(history.setting);
  }

  act(action: Action): void {
    this.due += action.after;
    this.now = Math.max(this.now + 1, this.due);
    this.flush(this.now);
    this.kakao.runJobs(this.now);
    this.perform(action);
  }

  finish(): Played {
    this.flush(Infinity);
    const end = Math.max(this.now, this.lastDone);
    return {
      kakao: this.kakao,
      logins: this.logins,
      end,
      hidden: this.hidden || this.recorder.lost > 0,
    };
  }

  private perform(action: Action): void {
    switch (action.do) {
      case 'login':
        return this.login(action);
      case 'sign-in':
        return this.signIn(action.tab, action.who, !!action.stay);
      case 'agree':
        return this.agree(action.tab);
      case 'cancel':
        return this.cancel(action.tab);
      case 'switch':
        return this.switchAccount(action.tab, action.who);
      case 'call':
        return this.call(action);
      case 'unlink-in-settings': {
        const link = this.kakao.linkOf(action.who, this.kakao.app(action.app), this.now);
        if (!link) return;
        this.kakao.cut(link, this.now, 'settings');
        this.hidden = true;
        return;
      }
      case 'link-elsewhere': {
        const app = this.kakao.app(action.app);
        if (this.kakao.linkOf(action.who, app, this.now)) return;
        const link = this.kakao.makeLink(action.who, app, this.now);
        if (action.done) link.counted.push({ at: this.now + 1, seenAt: null, traceless: false });
        this.hidden = true;
        return;
      }
      case 'restart':
        this.flows.clear();
        this.pages.clear();
        for (const key of this.tokens.keys()) if (!key.startsWith('site ')) this.tokens.delete(key);
        this.kakao.sessions.delete('private');
        this.hidden = true;
        return this.recorder.tell({ do: 'restart' }, this.now);
      case 'import-callbacks': {
        for (const { at, link, referrerType } of this.kakao.callbacks)
          if (at <= this.now)
            this.recorder.callback(
              { userId: link.userId, appId: link.app.appId, referrerType, at },
              action.timeKnown,
              this.now,
            );
        return;
      }
      case 'false-callback': {
        const link = this.kakao.linkOf(action.who, this.kakao.app(action.app), this.now);
        if (!link) return;
        this.recorder.callback(
          {
            userId: link.userId,
            appId: action.appId,
            referrerType: 'INCOMPLETE_SIGN_UP',
            at: this.now,
          },
          action.timeKnown,
          this.now,
        );
        return;
      }
      default:
        if (action.do !== 'grant' && action.do !== 'resume') this.hidden = true;
        return this.recorder.tell(action, this.now);
    }
  }

  /** Hands an exchange to the recorder at its end. */
  private emit(
    told: Partial<Exchange> & Pick<Exchange, 'tab' | 'store' | 'url'>,
    took = 50,
  ): Exchange {
    const sentAt = this.now;
    const e = exchange({ ...told, sentAt, doneAt: sentAt + took });
    if (took > 1000) {
      this.later.push(e);
      return e;
    }
    this.now += took;
    this.deliver(e);
    return e;
  }

  private deliver(e: Exchange): void {
    e.doneAt = Math.max(e.doneAt, this.lastDone + 1);
    this.lastDone = e.doneAt;
    const lost = this.recorder.lost;
    const seen = this.recorder.hear(e);
    const isShut = e.store === 'private' && !this.history.setting.privateSeen;
    if (e.counted && (isShut || this.recorder.lost > lost)) e.counted.traceless = true;
    const told = e.answer?.hasSignedUp && (this.recorder.knowsBodies || e.serverTiming.length);
    if (seen && told && e.login) e.login.link.toldAt ??= e.doneAt;
    if (seen && e.login) e.login.seenSteps += 1;
    if (seen && e.counted) e.counted.seenAt = e.doneAt;
    if (seen && e.cuts && (e.status === 200 || e.serverTiming.length)) e.cuts.cutSeenAt = e.doneAt;
    if (!seen && (e.counted || e.cuts || e.login)) this.hidden = true;
  }

  private flush(until: number): void {
    const ready = this.later.filter((e) => e.doneAt <= until).sort((a, b) => a.doneAt - b.doneAt);
    this.later = this.later.filter((e) => e.doneAt > until);
    for (const e of ready) this.deliver(e);
  }

  private site(name: string): SiteSetting {
    const site = this.history.setting.sites.find((s) => s.name === name);
    if (!site) throw new Error(`no site ${name}`);
    return site;
  }

  // The steps of a login.

  private login(deed: LoginDeed): void {
    const site = this.site(deed.site);
    const app = this.kakao.app(site.app);
    const key = app.keys[deed.key ?? site.key] ?? app.keys[0] ?? '';
    const { tab } = deed;
    const store = storeOf(tab);
    this.pages.set(tab, site);
    this.flows.delete(tab);
    if (deed.how === 'message' && !this.frames.has(`${tab} ${site.name}`)) {
      this.frames.add(`${tab} ${site.name}`);
      this.emit({
        tab,
        store,
        type: 'sub_frame',
        url: `${KAPI}/cors/?xdm_e=${encodeURIComponent(site.origin)}&xdm_c=default1`,
        initiator: site.origin,
        html: true,
      });
    }
    if (deed.how && deed.how !== 'message')
      this.emit({
        tab,
        store,
        type: 'xmlhttprequest',
        url: `${KAUTH}/apiweb/code.json?client_id=${key}&auth_tran_id=x1&ka=sdk/2.6.0`,
        initiator: site.origin,
      });
    const popup = deed.how !== undefined && deed.how !== 'easy';
    if (popup) this.popups += 1;
    const url = authorizeUrl(deed, site.origin, key);
    const flow: Flow = {
      deed,
      site,
      key,
      url,
      tab: popup ? `${tab}.${this.popups}` : tab,
      opener: popup ? tab : null,
      at: 'form',
      who: '',
      seen: 0,
    };
    this.flows.set(tab, flow);
    if (deed.how === 'easy') return;
    const who = this.kakao.sessionOf(store, this.now);
    if (deed.prompt === 'none') {
      const link = who ? this.kakao.linkOf(who, app, this.now) : undefined;
      if (who && link) return this.succeed(flow, who, 'GET', site.origin);
      return this.refuse(flow, 'GET', site.origin, who ? 'consent_required' : 'login_required');
    }
    if (!who || deed.prompt) return this.toForm(flow, site.origin);
    this.afterSignIn(flow, who, site.origin);
  }

  private page(flow: Flow, told: Partial<Exchange>, method: 'GET' | 'POST' = 'GET'): Exchange {
    const before = this.recorder.delivered;
    const login = told.login ?? null;
    const e = this.emit(
      {
        tab: flow.tab,
        opener: flow.opener,
        store: storeOf(flow.tab),
        url: method === 'POST' ? `${KAUTH}/oauth/authorize` : flow.url,
        referer: method === 'POST' ? flow.url : null,
        form:
          method === 'POST' ? `${flow.url.slice(flow.url.indexOf('?') + 1)}&decide=agree` : null,
        method,
        html: !told.location,
        ...told,
        login,
      },
      80,
    );
    if (this.recorder.delivered > before && !login) flow.seen += 1;
    return e;
  }

  private toForm(flow: Flow, initiator: string): void {
    const back = throughAccount(flow.url);
    const path = flow.deed.prompt === 'create' ? '/weblogin/create_account' : '/login/';
    this.page(flow, {
      status: 302,
      location: `${ACCOUNTS}${path}?continue=${encodeURIComponent(back)}`,
      initiator,
    });
    flow.url = back;
    flow.at = 'form';
  }

  private flowIn(tab: string, at: Flow['at']): Flow | null {
    const flow = this.flows.get(tab);
    return flow?.at === at ? flow : null;
  }

  private signIn(tab: string, who: string, stay: boolean): void {
    const flow = this.flowIn(tab, 'form');
    if (!flow) return;
    if (flow.deed.how === 'easy') {
      // The phone's KakaoTalk asks for consent where that is needed, and the page goes to the redirect URI.
      return this.arriveByPoll(flow, this.loggedIn(flow, who));
    }
    this.kakao.signIn(storeOf(tab), who, this.now, stay);
    this.afterSignIn(flow, who, ACCOUNTS);
  }

  private afterSignIn(flow: Flow, who: string, initiator: string): void {
    const link = this.kakao.linkOf(who, this.kakao.app(flow.site.app), this.now);
    if (link && flow.deed.scope !== 'new') return this.succeed(flow, who, 'GET', initiator);
    flow.at = 'consent';
    flow.who = who;
    this.page(flow, { status: 200, initiator });
  }

  private switchAccount(tab: string, who: string): void {
    const flow = this.flowIn(tab, 'consent');
    if (!flow) return;
    flow.url = throughAccount(flow.url);
    this.kakao.signIn(storeOf(tab), who, this.now, false);
    this.now += 4000;
    this.afterSignIn(flow, who, ACCOUNTS);
  }

  private agree(tab: string): void {
    const flow = this.flowIn(tab, 'consent');
    if (flow) this.succeed(flow, flow.who, 'POST', KAUTH);
  }

  private cancel(tab: string): void {
    const flow = this.flowIn(tab, 'consent');
    if (!flow) return;
    this.refuse(flow, 'POST', KAUTH, 'access_denied');
    // Back shows the screen again.
    if (!flow.opener) this.flows.set(tab, flow);
  }

  private refuse(flow: Flow, method: 'GET' | 'POST', initiator: string, error: string): void {
    const target = `${flow.site.origin}/cb?error=${error}&state=s1`;
    this.flows.delete(flow.deed.tab);
    if (flow.opener) {
      this.page(flow, { status: 200, initiator }, method);
      return;
    }
    this.page(flow, { status: 302, location: target, initiator }, method);
    this.emit({ tab: flow.tab, store: storeOf(flow.tab), url: target, initiator, html: true });
  }

  /** Makes the login, and the link where there is none. */
  private loggedIn(flow: Flow, who: string): TrueLogin {
    const app = this.kakao.app(flow.site.app);
    const alive = this.kakao.linkOf(who, app, this.now);
    const link = alive ?? this.kakao.makeLink(who, app, this.now);
    const { tab } = flow.deed;
    const login: TrueLogin = {
      number: this.logins.length + 1,
      link,
      first: !alive,
      at: this.now,
      key: flow.key,
      site: flow.site.name,
      tab,
      seenSteps: flow.seen,
    };
    this.logins.push(login);
    this.flows.delete(tab);
    return login;
  }

  private succeed(flow: Flow, who: string, method: 'GET' | 'POST', initiator: string): void {
    const login = this.loggedIn(flow, who);
    const { how } = flow.deed;
    const { origin } = flow.site;
    if (how === 'message') {
      const body = '<script>postResponse("%7B%22access_token%22%3A%22x%22%7D")</script>';
      this.page(flow, { status: 200, initiator, login, body }, method);
      return this.keepToken(flow, login);
    }
    if (how === 'poll' || how === 'kept') {
      this.page(flow, { status: 200, initiator, login }, method);
      return this.arriveByPoll(flow, login);
    }
    const target = `${origin}/cb?code=c${login.number}&state=s1`;
    this.page(flow, { status: 302, location: target, initiator, login }, method);
    this.arrive(flow, login, target, initiator);
  }

  private arriveByPoll(flow: Flow, login: TrueLogin): void {
    const { origin } = flow.site;
    const { tab } = flow.deed;
    this.now += 900;
    this.emit({
      tab,
      store: storeOf(tab),
      type: 'xmlhttprequest',
      url: `${KAUTH}/apiweb/code.json?client_id=${flow.key}&auth_tran_id=x1&ka=sdk/2.6.0`,
      initiator: origin,
      login,
    });
    if (flow.deed.how === 'kept') return this.exchangeInPage(flow, login);
    this.arrive(flow, login, `${origin}/cb?code=c${login.number}&state=s1`, origin);
  }

  private arrive(flow: Flow, login: TrueLogin, url: string, initiator: string): void {
    const { site, deed } = flow;
    const { tab } = deed;
    const reports =
      site.style === 'report' && deed.token !== 'none'
        ? [report(site, 'POST', '/oauth/token', 200)]
        : [];
    this.emit({
      tab,
      store: storeOf(tab),
      url,
      initiator,
      html: true,
      serverTiming: reports,
      login,
    });
    if (site.style === 'page') this.exchangeInPage(flow, login);
    else {
      if (site.style === 'server') this.exchangeOnServer(flow, login);
      if (deed.token !== 'none') this.keepToken(flow, login);
    }
  }

  private exchangeOnServer(flow: Flow, login: TrueLogin): void {
    if (this.history.setting.proxy !== 'back-end') {
      this.hidden = true;
      return;
    }
    if (flow.deed.token === 'none') return;
    this.emit({
      tab: null,
      store: 'back-end',
      type: 'xmlhttprequest',
      method: 'POST',
      url: `${KAUTH}/oauth/token`,
      form: tokenForm(flow, login),
      body: tokenBody(login),
      login,
    });
  }

  private exchangeInPage(flow: Flow, login: TrueLogin): void {
    const { deed, site } = flow;
    if (deed.token === 'none') return;
    this.now += 200;
    if (deed.token) this.hidden = true;
    this.emit(
      {
        tab: deed.tab,
        store: storeOf(deed.tab),
        type: 'xmlhttprequest',
        method: 'POST',
        url: `${KAUTH}/oauth/token`,
        form: tokenForm(flow, login),
        status: deed.token === 'lost' ? 0 : deed.token === 'fails' ? 400 : 200,
        initiator: site.origin,
        body:
          deed.token === 'fails'
            ? '{"error":"invalid_grant","error_code":"KOE320"}'
            : deed.token
              ? null
              : tokenBody(login),
        login,
      },
      120,
    );
    if (deed.token) {
      // Another answer was used: the site's own server had exchanged the code.
      this.serverTokens.set(`${storeOf(deed.tab)} ${site.name}`, { link: login.link, login });
      return;
    }
    this.keepToken(flow, login);
  }

  private keepToken(flow: Flow, login: TrueLogin): void {
    const { site, deed } = flow;
    const token = { link: login.link, login };
    const store = storeOf(deed.tab);
    this.tokens.delete(`tab ${deed.tab} ${site.name}`);
    if (site.style === 'page' && deed.how !== 'message') {
      if (site.shared) this.tokens.set(`site ${store} ${site.name}`, token);
      else this.tokens.set(`tab ${deed.tab} ${site.name}`, token);
    } else if (deed.how === 'message') this.tokens.set(`tab ${deed.tab} ${site.name}`, token);
    this.serverTokens.set(`${store} ${site.name}`, token);
  }

  // Calls.

  private call(deed: CallDeed): void {
    const { tab, by } = deed;
    const site = this.pages.get(tab);
    if (!site) return;
    const store = storeOf(tab);
    const server = by === 'server' || (by !== 'worker' && site.style !== 'page');
    const own = this.tokens.get(`tab ${tab} ${site.name}`);
    const token = server
      ? this.serverTokens.get(`${store} ${site.name}`)
      : ((by === 'worker' ? undefined : own) ?? this.tokens.get(`site ${store} ${site.name}`));
    const link = deed.about
      ? this.kakao.linkOf(deed.about, this.kakao.app(site.app), this.now)
      : token?.link;
    if (!token && !deed.about) return;
    if (server) return this.callFromServer(deed, site, link, token);
    const framed = !!own && this.frames.has(`${tab} ${site.name}`) && by !== 'worker';
    const method = deed.method ?? 'GET';
    const { fate } = deed;
    const made =
      fate === 'cached'
        ? { answer: cachedAnswer, counted: null, cut: false }
        : this.kakao.call(link, method, deed.path, this.now, refusal(fate));
    if (fate === 'lost') this.hidden = true;
    const lost = fate === 'lost';
    this.emit(
      {
        tab: by === 'worker' ? null : tab,
        store,
        type: 'xmlhttprequest',
        method,
        url: `${KAPI}${deed.path}${deed.about ? `?target_id_type=user_id&target_id=${link?.userId ?? 1}` : ''}`,
        initiator: framed ? KAPI : site.origin,
        status: lost ? 0 : made.answer.status,
        cached: fate === 'cached',
        answer: lost || fate === 'cached' ? null : made.answer,
        authorization: deed.about ? 'KakaoAK x' : token && bearer(token.login),
        login: deed.about ? null : (token?.login ?? null),
        counted: made.counted,
        cuts: made.cut ? (link ?? null) : null,
      },
      deed.slow ?? 60,
    );
  }

  /** A call that no page makes and no report tells of: a proxy may see it, or the page that handed the token over. */
  private callUnreported(
    deed: CallDeed,
    site: SiteSetting,
    token: Token | undefined,
    made: ReturnType<Kakao['call']>,
  ): void {
    const { setting } = this.history;
    if (setting.proxy === 'back-end' && token) {
      this.emit({
        tab: null,
        store: 'back-end',
        type: 'xmlhttprequest',
        method: deed.method ?? 'GET',
        url: `${KAPI}${deed.path}`,
        status: made.answer.status,
        answer: made.answer,
        authorization: bearer(token.login),
        login: token.login,
        counted: made.counted,
        cuts: made.cut ? token.link : null,
      });
      return;
    }
    this.hidden = true;
    if (site.style === 'server') return;
    if (setting.medium !== 'har') {
      if (made.counted) made.counted.traceless = true;
      return;
    }
    if (token && site.style === 'page')
      this.emit({
        tab: deed.tab,
        store: storeOf(deed.tab),
        type: 'xmlhttprequest',
        method: 'POST',
        url: `${site.origin}/api/session`,
        initiator: site.origin,
        authorization: bearer(token.login),
        form: `access_token=AT-${token.login.number}`,
      });
  }

  private callFromServer(
    deed: CallDeed,
    site: SiteSetting,
    link: Link | undefined,
    token: Token | undefined,
  ): void {
    const method = deed.method ?? 'GET';
    const { answer, counted, cut } = this.kakao.call(
      link,
      method,
      deed.path,
      this.now,
      refusal(deed.fate),
    );
    if (site.style !== 'report' || deed.by === 'server')
      return this.callUnreported(deed, site, token, { answer, counted, cut });
    this.emit({
      tab: deed.tab,
      store: storeOf(deed.tab),
      type: 'xmlhttprequest',
      url: `${site.apiOrigin}/api/session`,
      initiator: site.origin,
      serverTiming: [
        report(site, method, deed.path, answer.status, answer, deed.about ? link : undefined),
      ],
      login: deed.about ? null : (token?.login ?? null),
      counted,
      cuts: cut ? (link ?? null) : null,
    });
  }
}

const tokenForm = (flow: Flow, login: TrueLogin) =>
  `grant_type=authorization_code&client_id=${flow.key}&redirect_uri=${encodeURIComponent(`${flow.site.origin}/cb`)}&code=c${login.number}`;
const tokenBody = (login: TrueLogin) =>
  `{"token_type":"bearer","access_token":"AT-${login.number}","expires_in":21599}`;
const bearer = (login: TrueLogin) => `Bearer AT-${login.number}`;

/** The authorize request of a login. */
function authorizeUrl(deed: LoginDeed, origin: string, key: string): string {
  const message = deed.how === 'message';
  const kept = deed.how === 'kept';
  const params = [
    ['client_id', key],
    ['redirect_uri', message ? 'kakaojs' : kept ? 'JS-SDK' : `${origin}/cb`],
    ['response_type', 'code'],
    ['state', 's1'],
    ...(deed.prompt ? [['prompt', deed.prompt]] : []),
    ...(deed.scope ? [['scope', 'account_email,friends']] : []),
    ...(deed.how === 'poll' || kept ? [['is_popup', 'true']] : []),
    ...(message
      ? [
          ['proxy', 'easyXDM_Kakao_default1_provider'],
          ['origin', origin],
        ]
      : []),
  ];
  const query = params.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`);
  return `${KAUTH}/oauth/authorize?${query.join('&')}`;
}

/** The same request as Kakao's account pages send the browser back to it. */
const throughAccount = (url: string) =>
  url.includes('through_account') ? url : `${url}&through_account=true`;

const refusal = (fate: Fate | undefined) => (fate === 'no-scope' || fate === 'fails' ? fate : null);

const cachedAnswer: Answer = {
  status: 200,
  code: null,
  hasSignedUp: null,
  connectedAt: null,
  userId: null,
};

/** A Server-Timing value in which a back end tells of one call, in the site's way of writing. */
function report(
  site: SiteSetting,
  method: string,
  path: string,
  status: number,
  answer?: Answer,
  about?: Link,
): string {
  const host = path.startsWith('/oauth') ? KAUTH : KAPI;
  const query = about ? `?target_id_type=user_id&target_id=${about.userId}` : '';
  const words = [
    site.form === 'lower-case' ? method.toLowerCase() : method,
    site.form === 'address'
      ? `${host}${path}${query}`
      : site.form === 'query'
        ? `${path}${query || '?secure_resource=true'}`
        : `${path}${query}`,
    String(status),
    ...(answer?.code ? [`code=${answer.code}`] : []),
    ...(answer && path === '/v2/user/me' && status === 200
      ? [`has_signed_up=${answer.hasSignedUp ?? 'none'}`]
      : []),
  ];
  const one = `kakao;desc="${words.join(' ')}"`;
  if (site.form !== 'past-fiftieth') return one;
  return [...Array.from({ length: 50 }, () => 'kakao;desc="GET /v2/user/scopes 200"'), one].join(
    ', ',
  );
}
