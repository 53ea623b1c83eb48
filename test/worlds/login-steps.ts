import { CodeSteps } from './code-steps.ts';
import type { Exchange } from './exchange.ts';
import { storeOf, type History, type SiteSetting } from './history.ts';
import type { Kakao, TrueLogin } from './kakao.ts';
import type { Recorder } from './recorder.ts';
import {
  ACCOUNTS,
  authorizeUrl,
  callbackUrl,
  KAUTH,
  messageBody,
  throughAccount,
  type LoginDeed,
} from './request-texts.ts';
import type { SdkFrames } from './sdk-frames.ts';
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

/** Plays the steps of logins on Kakao's pages, from the site's page up to the code. */
export class LoginSteps {
  /** All logins that came back with a code or a token. */
  readonly logins: TrueLogin[] = [];
  /** By the tab whose page began it. */
  readonly #flows = new Map<string, Flow>();
  #popups = 0;
  #states = 0;
  readonly #kakao: Kakao;
  readonly #traffic: Traffic;
  readonly #recorder: Recorder;
  readonly #frames: SdkFrames;
  readonly #code: CodeSteps;

  constructor(
    history: History,
    world: {
      kakao: Kakao;
      traffic: Traffic;
      tokens: SiteTokens;
      frames: SdkFrames;
      recorder: Recorder;
    },
  ) {
    this.#kakao = world.kakao;
    this.#traffic = world.traffic;
    this.#frames = world.frames;
    this.#code = new CodeSteps(history, world);
    this.#recorder = world.recorder;
  }

  /** The browser is closed: no login is on its way any more. */
  dropAll(): void {
    this.#flows.clear();
    this.#code.dropAll();
  }

  /** The page of a tab exchanges the code that it has kept until now, if any. */
  exchange(tab: string): void {
    this.#code.exchange(tab);
  }

  /** The tab goes to another page. */
  leave(tab: string): void {
    this.#flows.delete(tab);
    this.#code.drop(tab);
    this.#frames.close(tab);
  }

  /** The page of a site asks for a login. */
  begin(deed: LoginDeed, site: SiteSetting): void {
    const app = this.#kakao.app(site.app);
    const key = app.keys[deed.key ?? site.key] ?? app.keys[0] ?? '';
    const store = storeOf(deed.tab);
    this.#flows.delete(deed.tab);
    this.#code.drop(deed.tab);
    if (deed.how === 'message') this.#frames.open(deed.tab, site);
    else if (deed.how) this.#code.poll({ deed, site, key, state: `s${this.#states + 1}` });
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
      return this.#code.arriveByPoll(flow, this.#loggedIn(flow, who));
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

  /** Asks for a page of Kakao's, or sends the form of one. */
  #page(flow: Flow, { method, initiator }: Way, answer: Partial<Exchange>): void {
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
        html: !answer.location,
        ...answer,
      },
      80,
    );
    if (this.#recorder.delivered > before && !answer.login) flow.seen += 1;
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
      this.#kakao.issueToken(login, this.#traffic.now);
      this.#page(flow, way, { status: 200, login, body: messageBody(login) });
      return this.#code.keepToken(flow, login);
    }
    if (how === 'poll' || how === 'kept') {
      this.#page(flow, way, { status: 200, login });
      return this.#code.arriveByPoll(flow, login);
    }
    const url = callbackUrl(flow.site, login, flow.state);
    this.#page(flow, way, { status: 302, location: url, login });
    this.#code.arrive(flow, login, { url, initiator: way.initiator });
  }

  /** Makes the login, and the link where there is none. */
  #loggedIn(flow: Flow, who: string): TrueLogin {
    const app = this.#kakao.app(flow.site.app);
    const { now } = this.#traffic;
    const alive = this.#kakao.linkOf(who, app, now);
    const link = this.#kakao.linkForCode(who, app, now);
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
}
