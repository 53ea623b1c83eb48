import type { Exchange } from './exchange.ts';
import { storeOf, type History, type SiteSetting } from './history.ts';
import type { Kakao, TrueLogin } from './kakao.ts';
import type { Recorder } from './recorder.ts';
import {
  ACCOUNTS,
  authorizeUrl,
  callbackUrl,
  KAPI,
  KAUTH,
  messageBody,
  pollBody,
  pollUrl,
  report,
  throughAccount,
  tokenBody,
  tokenForm,
  type LoginDeed,
} from './request-texts.ts';
import type { SiteTokens } from './site-tokens.ts';
import type { Traffic } from './traffic.ts';

/** A login on its way in a tab. */
interface Flow {
  deed: LoginDeed;
  site: SiteSetting;
  key: string;
  /** Of its authorize request. */
  url: string;
  state: string;
  /** Where Kakao's pages show: the tab itself or a popup of it. */
  tab: string;
  opener: string | null;
  at: 'form' | 'consent';
  /** For whom the consent screen is. */
  who: string;
  /** Observations of its steps that the judge was given so far. */
  seen: number;
}

/** How a page of Kakao's is asked for: by an address or by its form, and from where. */
interface Way {
  method: 'GET' | 'POST';
  initiator: string;
}

/** Plays the steps of logins: the site's page, Kakao's pages, the code and its exchange. */
export class LoginSteps {
  /** All logins that came back with a code or a token. */
  readonly logins: TrueLogin[] = [];
  /** By the tab whose page began it. */
  readonly #flows = new Map<string, Flow>();
  /** The pages, by tab and site, that use SDK v1. */
  readonly #withSdkV1 = new Set<string>();
  /** The site for whose page SDK v1's frame is open, by tab. */
  readonly #frames = new Map<string, string>();
  #popups = 0;
  #states = 0;
  readonly #history: History;
  readonly #kakao: Kakao;
  readonly #traffic: Traffic;
  readonly #tokens: SiteTokens;
  readonly #recorder: Recorder;

  constructor(
    history: History,
    world: { kakao: Kakao; traffic: Traffic; tokens: SiteTokens; recorder: Recorder },
  ) {
    this.#history = history;
    this.#kakao = world.kakao;
    this.#traffic = world.traffic;
    this.#tokens = world.tokens;
    this.#recorder = world.recorder;
  }

  /** The browser is closed: no login is on its way any more. */
  dropAll(): void {
    this.#flows.clear();
  }

  /** The tab goes to another page. */
  leave(tab: string): void {
    this.#flows.delete(tab);
    this.#frames.delete(tab);
  }

  /** Whether a site's page in a tab uses SDK v1. */
  hasSdkV1(tab: string, site: SiteSetting): boolean {
    return this.#withSdkV1.has(`${tab} ${site.name}`);
  }

  /** SDK v1 opens its frame, once in a page. */
  openFrame(tab: string, site: SiteSetting): void {
    this.#withSdkV1.add(`${tab} ${site.name}`);
    if (this.#frames.get(tab) === site.name) return;
    this.#frames.set(tab, site.name);
    this.#traffic.send({
      tab,
      store: storeOf(tab),
      type: 'sub_frame',
      url: `${KAPI}/cors/?xdm_e=${encodeURIComponent(site.origin)}&xdm_c=default1`,
      initiator: site.origin,
      html: true,
    });
  }

  /** The page of a site asks for a login. */
  begin(deed: LoginDeed, site: SiteSetting): void {
    const app = this.#kakao.app(site.app);
    const key = app.keys[deed.key ?? site.key] ?? app.keys[0] ?? '';
    const store = storeOf(deed.tab);
    this.#flows.delete(deed.tab);
    if (deed.how === 'message') this.openFrame(deed.tab, site);
    else if (deed.how) this.#poll(deed.tab, site, key, `s${this.#states + 1}`);
    const flow = this.#startFlow(deed, site, key);
    if (deed.how === 'easy') return;
    const way: Way = { method: 'GET', initiator: site.origin };
    const who = this.#kakao.sessionOf(store, this.#traffic.now);
    if (deed.prompt === 'none') {
      const link = who ? this.#kakao.linkOf(who, app, this.#traffic.now) : undefined;
      if (who && link) return this.#succeed(flow, who, way);
      return this.#refuse(flow, way, who ? 'consent_required' : 'login_required');
    }
    if (!who || deed.prompt) return this.#toForm(flow, site.origin);
    this.#afterSignIn(flow, who, site.origin);
  }

  /** A person signs in at Kakao's login form, or on the phone. */
  signIn(tab: string, who: string, stay: boolean): void {
    const flow = this.#flowIn(tab, 'form');
    if (!flow) return;
    if (flow.deed.how === 'easy') {
      // The phone's KakaoTalk asks for consent where that is needed, and the page goes to the redirect URI.
      return this.#arriveByPoll(flow, this.#loggedIn(flow, who));
    }
    this.#kakao.signIn(storeOf(tab), who, this.#traffic.now, stay);
    this.#afterSignIn(flow, who, ACCOUNTS);
  }

  /** A person takes another account on the consent screen. */
  switchAccount(tab: string, who: string): void {
    const flow = this.#flowIn(tab, 'consent');
    if (!flow) return;
    flow.url = throughAccount(flow.url);
    this.#kakao.signIn(storeOf(tab), who, this.#traffic.now, false);
    this.#traffic.now += 4000;
    this.#afterSignIn(flow, who, ACCOUNTS);
  }

  /** A person agrees on the consent screen. */
  agree(tab: string): void {
    const flow = this.#flowIn(tab, 'consent');
    if (flow) this.#succeed(flow, flow.who, { method: 'POST', initiator: KAUTH });
  }

  /** A person refuses on the consent screen. */
  cancel(tab: string): void {
    const flow = this.#flowIn(tab, 'consent');
    if (!flow) return;
    this.#refuse(flow, { method: 'POST', initiator: KAUTH }, 'access_denied');
    // Back shows the screen again.
    if (!flow.opener) this.#flows.set(tab, flow);
  }

  #flowIn(tab: string, at: Flow['at']): Flow | null {
    const flow = this.#flows.get(tab);
    return flow?.at === at ? flow : null;
  }

  #startFlow(deed: LoginDeed, site: SiteSetting, key: string): Flow {
    const { tab, how } = deed;
    const isPopup = how !== undefined && how !== 'easy';
    if (isPopup) this.#popups += 1;
    this.#states += 1;
    const state = `s${this.#states}`;
    const flow: Flow = {
      deed,
      site,
      key,
      url: authorizeUrl(deed, { origin: site.origin, key, state }),
      state,
      tab: isPopup ? `${tab}.${this.#popups}` : tab,
      opener: isPopup ? tab : null,
      at: 'form',
      who: '',
      seen: 0,
    };
    this.#flows.set(tab, flow);
    return flow;
  }

  // Requests of the site's page before a login.

  #poll(
    tab: string,
    { origin }: SiteSetting,
    key: string,
    state: string,
    login: TrueLogin | null = null,
  ): void {
    this.#traffic.send({
      tab,
      store: storeOf(tab),
      type: 'xmlhttprequest',
      url: pollUrl(key, state),
      initiator: origin,
      body: login && pollBody(login),
      login,
    });
  }

  // Kakao's pages.

  /** Asks for a page of Kakao's, or sends the form of one. */
  #page(flow: Flow, { method, initiator }: Way, told: Partial<Exchange>): void {
    const before = this.#recorder.delivered;
    const isForm = method === 'POST';
    this.#traffic.send(
      {
        tab: flow.tab,
        opener: flow.opener,
        store: storeOf(flow.tab),
        url: isForm ? `${KAUTH}/oauth/authorize` : flow.url,
        referer: isForm ? flow.url : null,
        form: isForm ? `${flow.url.slice(flow.url.indexOf('?') + 1)}&decide=agree` : null,
        method,
        initiator,
        html: !told.location,
        ...told,
      },
      80,
    );
    if (this.#recorder.delivered > before && !told.login) flow.seen += 1;
  }

  /** Kakao leads on to its login form. */
  #toForm(flow: Flow, initiator: string): void {
    const back = throughAccount(flow.url);
    const path = flow.deed.prompt === 'create' ? '/weblogin/create_account' : '/login/';
    const location = `${ACCOUNTS}${path}?continue=${encodeURIComponent(back)}`;
    this.#page(flow, { method: 'GET', initiator }, { status: 302, location });
    flow.url = back;
    flow.at = 'form';
  }

  /** Kakao knows who it is: it gives the code, or shows the consent screen. */
  #afterSignIn(flow: Flow, who: string, initiator: string): void {
    const way: Way = { method: 'GET', initiator };
    const link = this.#kakao.linkOf(who, this.#kakao.app(flow.site.app), this.#traffic.now);
    if (link && flow.deed.scope !== 'new') return this.#succeed(flow, who, way);
    flow.at = 'consent';
    flow.who = who;
    this.#page(flow, way, { status: 200 });
  }

  /** Kakao gives no code, and says why. */
  #refuse(flow: Flow, way: Way, error: string): void {
    const { initiator } = way;
    this.#flows.delete(flow.deed.tab);
    if (flow.opener) return this.#page(flow, way, { status: 200 });
    const url = callbackUrl(flow.site, error, flow.state);
    this.#page(flow, way, { status: 302, location: url });
    this.#traffic.send({ tab: flow.tab, store: storeOf(flow.tab), url, initiator, html: true });
  }

  /** Kakao gives a code or a token, and the site gets it. */
  #succeed(flow: Flow, who: string, way: Way): void {
    const login = this.#loggedIn(flow, who);
    const { how } = flow.deed;
    if (how === 'message') {
      this.#page(flow, way, { status: 200, login, body: messageBody(login) });
      return this.#keepToken(flow, login);
    }
    if (how === 'poll' || how === 'kept') {
      this.#page(flow, way, { status: 200, login });
      return this.#arriveByPoll(flow, login);
    }
    const url = callbackUrl(flow.site, login, flow.state);
    this.#page(flow, way, { status: 302, location: url, login });
    this.#arrive(flow, login, { url, initiator: way.initiator });
  }

  /** Makes the login, and the link where there is none. */
  #loggedIn(flow: Flow, who: string): TrueLogin {
    const app = this.#kakao.app(flow.site.app);
    const { now } = this.#traffic;
    const alive = this.#kakao.linkOf(who, app, now);
    const link = alive ?? this.#kakao.makeLink(who, app, now);
    const { tab } = flow.deed;
    const login: TrueLogin = {
      number: this.logins.length + 1,
      link,
      first: !alive,
      at: now,
      key: flow.key,
      site: flow.site.name,
      tab,
      seenSteps: flow.seen,
    };
    this.logins.push(login);
    this.#flows.delete(tab);
    return login;
  }

  // The code's way, and the token's.

  /** The page gets the code by polling, and goes to the redirect URI or keeps it. */
  #arriveByPoll(flow: Flow, login: TrueLogin): void {
    const { deed, site, key } = flow;
    this.#traffic.now += 900;
    this.#poll(deed.tab, site, key, flow.state, login);
    if (deed.how === 'kept') return this.#exchangeInPage(flow, login);
    this.#arrive(flow, login, {
      url: callbackUrl(site, login, flow.state),
      initiator: site.origin,
    });
  }

  /** The tab comes to the redirect URI with the code. */
  #arrive(flow: Flow, login: TrueLogin, page: { url: string; initiator: string }): void {
    const { site, deed } = flow;
    const { tab } = deed;
    const isReported = site.style === 'report' && deed.token !== 'none';
    const exchanged = { method: 'POST', path: '/oauth/token', status: 200 };
    this.#frames.delete(tab);
    this.#traffic.send({
      tab,
      store: storeOf(tab),
      ...page,
      html: true,
      serverTiming: isReported ? [report(site, exchanged)] : [],
      login,
    });
    if (site.style === 'page') return this.#exchangeInPage(flow, login);
    if (site.style === 'server') this.#exchangeOnServer(flow, login);
    if (deed.token !== 'none') this.#keepToken(flow, login);
  }

  #exchangeOnServer({ deed, site, key }: Flow, login: TrueLogin): void {
    if (this.#history.setting.proxy !== 'back-end') {
      this.#traffic.hidden = true;
      return;
    }
    if (deed.token === 'none') return;
    this.#traffic.send({
      tab: null,
      store: 'back-end',
      type: 'xmlhttprequest',
      method: 'POST',
      url: `${KAUTH}/oauth/token`,
      form: tokenForm(site, key, login),
      body: tokenBody(login),
      login,
    });
  }

  #exchangeInPage(flow: Flow, login: TrueLogin): void {
    const { deed, site } = flow;
    const { tab, token: fate } = deed;
    if (fate === 'none') return;
    this.#traffic.now += 200;
    if (fate) this.#traffic.hidden = true;
    const failed = '{"error":"invalid_grant","error_code":"KOE320"}';
    this.#traffic.send(
      {
        tab,
        store: storeOf(tab),
        type: 'xmlhttprequest',
        method: 'POST',
        url: `${KAUTH}/oauth/token`,
        form: tokenForm(site, flow.key, login),
        initiator: site.origin,
        login,
        ...(fate === 'lost' ? { status: 0 } : {}),
        ...(fate === 'fails' ? { status: 400, body: failed } : {}),
        ...(fate ? {} : { body: tokenBody(login) }),
      },
      120,
    );
    // Another answer was used: the site's own server had exchanged the code.
    if (fate) this.#tokens.keepOnServer(tab, site, { link: login.link, login });
    else this.#keepToken(flow, login);
  }

  /** The site's page and its server keep the token of a login. */
  #keepToken({ site, deed }: Flow, login: TrueLogin): void {
    const { tab, how } = deed;
    const token = { link: login.link, login };
    this.#tokens.dropOfTab(tab, site);
    if (how === 'message' || (site.style === 'page' && !site.shared))
      this.#tokens.keepInTab(tab, site, token);
    else if (site.style === 'page') this.#tokens.keepInStore(tab, site, token);
    this.#tokens.keepOnServer(tab, site, token);
  }
}
