import { MINUTE, storeOf, type History, type SiteSetting } from './history.ts';
import type { Kakao, TrueLogin } from './kakao.ts';
import {
  callbackUrl,
  KAUTH,
  pollBody,
  pollUrl,
  report,
  tokenBody,
  tokenForm,
  type LoginDeed,
} from './request-texts.ts';
import type { SdkFrames } from './sdk-frames.ts';
import type { SiteTokens } from './site-tokens.ts';
import type { Traffic } from './traffic.ts';

/** Whose code is on its way. */
interface CodeFlow {
  deed: LoginDeed;
  site: SiteSetting;
  key: string;
  state: string;
}

/** How long a code can be exchanged, ms. */
const CODE_SERVES = 10 * MINUTE;

/** Plays the way of a login's code to the site, its exchange, and who keeps the token. */
export class CodeSteps {
  readonly #history: History;
  readonly #kakao: Kakao;
  readonly #traffic: Traffic;
  readonly #tokens: SiteTokens;
  readonly #frames: SdkFrames;
  /** Codes that pages keep until they are told to exchange them, by tab. */
  readonly #kept = new Map<string, { flow: CodeFlow; login: TrueLogin }>();

  constructor(
    history: History,
    world: { kakao: Kakao; traffic: Traffic; tokens: SiteTokens; frames: SdkFrames },
  ) {
    this.#history = history;
    this.#kakao = world.kakao;
    this.#traffic = world.traffic;
    this.#tokens = world.tokens;
    this.#frames = world.frames;
  }

  /** The page of a tab exchanges the code that it has kept until now, if any. */
  exchange(tab: string): void {
    const kept = this.#kept.get(tab);
    this.#kept.delete(tab);
    if (kept) this.#askForToken(kept.flow, kept.login);
  }

  /** The page of a tab is left, and the code that it has kept is lost. */
  drop(tab: string): void {
    this.#kept.delete(tab);
  }

  /** All pages are left. */
  dropAll(): void {
    this.#kept.clear();
  }

  /** The page of a site asks whether a popup's login has ended; the answer brings its code, if it has. */
  poll({ deed, site, key, state }: CodeFlow, login: TrueLogin | null = null): void {
    const { tab } = deed;
    this.#traffic.send({
      tab,
      store: storeOf(tab),
      type: 'xmlhttprequest',
      url: pollUrl(key, state),
      initiator: site.origin,
      body: login && pollBody(login),
      login,
    });
  }

  /** The page gets the code by polling, and goes to the redirect URI or keeps it. */
  arriveByPoll(flow: CodeFlow, login: TrueLogin): void {
    const { deed, site } = flow;
    this.#traffic.now += 900;
    this.poll(flow, login);
    if (deed.how === 'kept') return this.#exchangeInPage(flow, login);
    this.arrive(flow, login, {
      url: callbackUrl(site, login, flow.state),
      initiator: site.origin,
    });
  }

  /** The tab comes to the redirect URI with the code. */
  arrive(flow: CodeFlow, login: TrueLogin, page: { url: string; initiator: string }): void {
    const { site, deed } = flow;
    const { tab } = deed;
    const isReported = site.style === 'report' && deed.token !== 'none';
    // The server has the token before it answers.
    if (isReported) this.#kakao.issueToken(login, this.#traffic.now);
    const exchanged = { method: 'POST', path: '/oauth/token', status: 200 };
    this.#frames.close(tab);
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
    if (deed.token !== 'none') this.keepToken(flow, login);
  }

  #exchangeOnServer({ deed, site, key }: CodeFlow, login: TrueLogin): void {
    if (deed.token !== 'none') this.#kakao.issueToken(login, this.#traffic.now);
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
      body: tokenBody(login, this.#history.setting),
      login,
    });
  }

  #exchangeInPage(flow: CodeFlow, login: TrueLogin): void {
    const { tab, token } = flow.deed;
    if (token === 'later') this.#kept.set(tab, { flow, login });
    else if (token !== 'none') this.#askForToken(flow, login);
  }

  #askForToken(flow: CodeFlow, login: TrueLogin): void {
    const { deed, site } = flow;
    const { tab, token } = deed;
    this.#traffic.now += 200;
    // A code serves for ten minutes, and not for a link that was cut since.
    const isGone = login.link.cutAt !== null || this.#traffic.now - login.at > CODE_SERVES;
    const fate = isGone ? 'fails' : token === 'lost' || token === 'fails' ? token : null;
    if (!isGone) this.#kakao.issueToken(login, this.#traffic.now);
    if (fate && !isGone) this.#traffic.hidden = true;
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
        ...(fate ? {} : { body: tokenBody(login, this.#history.setting) }),
      },
      120,
    );
    // Another answer was used: the site's own server had exchanged the code.
    if (isGone) return;
    if (fate)
      this.#tokens.keepOnServer(tab, site, {
        link: login.link,
        login,
        issuedAt: this.#traffic.now,
      });
    else this.keepToken(flow, login);
  }

  /** The site's page and its server keep the token of a login. */
  keepToken({ site, deed }: CodeFlow, login: TrueLogin): void {
    const { tab, how } = deed;
    const token = { link: login.link, login, issuedAt: this.#traffic.now };
    this.#tokens.dropOfTab(tab, site);
    if (how === 'message' || (site.style === 'page' && !site.shared))
      this.#tokens.keepInTab(tab, site, token);
    else if (site.style === 'page') this.#tokens.keepInStore(tab, site, token);
    this.#tokens.keepOnServer(tab, site, token);
  }
}
