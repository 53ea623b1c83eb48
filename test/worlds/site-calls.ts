import { HOUR, storeOf, type Deed, type Fate, type History, type SiteSetting } from './history.ts';
import type { Answer, Kakao, Link, Token } from './kakao.ts';
import {
  accessTokenOf,
  bearer,
  KAPI,
  KAUTH,
  refreshForm,
  renewedBody,
  report,
} from './request-texts.ts';
import type { SdkFrames } from './sdk-frames.ts';
import type { SiteTokens } from './site-tokens.ts';
import type { Traffic } from './traffic.ts';

type CallDeed = Extract<Deed, { do: 'call' }>;

/** What Kakao made of a call. */
type CallResult = ReturnType<Kakao['call']>;

/** Where a call comes from and for whom. */
interface Caller {
  site: SiteSetting;
  /** The link that it is about; undefined where there is none any more. */
  link: Link | undefined;
  /** Undefined where only the admin key is used. */
  token: Token | undefined;
}

/** Plays the calls that sites make after logins: from the page, from its service worker, or on the server. */
export class SiteCalls {
  readonly #history: History;
  readonly #kakao: Kakao;
  readonly #traffic: Traffic;
  readonly #tokens: SiteTokens;
  readonly #frames: SdkFrames;

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

  /** The site whose page a tab shows calls Kakao, where it has a token or the admin key. */
  call(deed: CallDeed, site: SiteSetting): void {
    const { tab, by, about } = deed;
    const isByServer = by === 'server' || (by !== 'worker' && site.style !== 'page');
    const token = isByServer ? this.#tokens.ofServer(tab, site) : this.#tokenInPage(deed, site);
    if (!token && !about) return;
    const link = about
      ? this.#kakao.linkOf(about, this.#kakao.app(site.app), this.#traffic.now)
      : token?.link;
    if (isByServer) this.#callFromServer(deed, { site, link, token });
    else this.#callFromPage(deed, { site, link, token });
  }

  /** The page of a tab logs out: Kakao takes its token no more, though the link stays. */
  logOut(tab: string, site: SiteSetting): void {
    const isByServer = site.style !== 'page';
    const token = isByServer ? this.#tokens.ofServer(tab, site) : this.#tokenInPage({ tab }, site);
    this.call({ do: 'call', tab, path: '/v1/user/logout', method: 'POST' }, site);
    if (token) this.#tokens.drop(tab, site, token.login);
  }

  /** The site whose page a tab shows has its token renewed, where it has one. */
  refresh(tab: string, site: SiteSetting): void {
    const isByServer = site.style !== 'page';
    const token = isByServer ? this.#tokens.ofServer(tab, site) : this.#tokenInPage({ tab }, site);
    if (!token) return;
    const isGood = token.link.cutAt === null;
    const issuedAt = this.#traffic.now;
    const renewed = { ...token, issuedAt, renewed: (token.renewed ?? 0) + 1 };
    if (isGood) this.#tokens.renew(tab, site, renewed);
    const sent = {
      type: 'xmlhttprequest' as const,
      status: isGood ? 200 : 400,
      login: token.login,
    };
    const asked = {
      ...sent,
      method: 'POST' as const,
      url: `${KAUTH}/oauth/token`,
      form: refreshForm(token.login.key, token),
      body: isGood ? renewedBody(renewed) : '{"error":"invalid_grant","error_code":"KOE322"}',
    };
    if (!isByServer)
      this.#traffic.send({ ...asked, tab, store: storeOf(tab), initiator: site.origin });
    else if (site.style === 'report')
      this.#traffic.send({
        tab,
        store: storeOf(tab),
        type: 'xmlhttprequest',
        url: `${site.apiOrigin}/api/session`,
        initiator: site.origin,
        serverTiming: [report(site, { method: 'POST', path: '/oauth/token', status: sent.status })],
        login: token.login,
      });
    else if (this.#history.setting.proxy === 'back-end')
      this.#traffic.send({ ...asked, tab: null, store: 'back-end' });
    else this.#traffic.hidden = true;
  }

  /** A page uses its tab's token, or else the one that all tabs share; a service worker has only that. */
  #tokenInPage({ tab, by }: Pick<CallDeed, 'tab' | 'by'>, site: SiteSetting): Token | undefined {
    const own = by === 'worker' ? undefined : this.#tokens.ofTab(tab, site);
    return own ?? this.#tokens.ofStore(tab, site);
  }

  #callFromPage(deed: CallDeed, { site, link, token }: Caller): void {
    const { tab, by, path, about, fate, method = 'GET' } = deed;
    const isByWorker = by === 'worker';
    const isInFrame =
      !isByWorker && !!this.#tokens.ofTab(tab, site) && this.#frames.isUsed(tab, site);
    if (isInFrame) this.#frames.open(tab, site);
    const isLost = fate === 'lost';
    const isCached = fate === 'cached';
    const made = isCached ? FROM_CACHE : this.#ask(deed, link, token);
    if (isLost) this.#traffic.hidden = true;
    const query = about ? `?target_id_type=user_id&target_id=${link?.userId ?? 1}` : '';
    this.#traffic.send(
      {
        tab: isByWorker ? null : tab,
        store: storeOf(tab),
        type: 'xmlhttprequest',
        method,
        url: `${KAPI}${path}${query}`,
        initiator: isInFrame ? KAPI : site.origin,
        status: isLost ? 0 : made.answer.status,
        cached: isCached,
        answer: isLost || isCached ? null : made.answer,
        authorization: about ? 'KakaoAK x' : token && bearer(token),
        ...truthOf(deed, made, { site, link, token }),
      },
      deed.slow ?? 60,
    );
  }

  #callFromServer(deed: CallDeed, caller: Caller): void {
    const { site, link, token } = caller;
    const { tab, path, about, method = 'GET' } = deed;
    const made = this.#ask(deed, link, token);
    if (site.style !== 'report' || deed.by === 'server')
      return this.#callUnreported(deed, caller, made);
    const { answer } = made;
    const body = { answer, about: about ? link : undefined };
    this.#traffic.send({
      tab,
      store: storeOf(tab),
      type: 'xmlhttprequest',
      url: `${site.apiOrigin}/api/session`,
      initiator: site.origin,
      serverTiming: [report(site, { method, path, status: answer.status }, body)],
      ...truthOf(deed, made, caller),
    });
  }

  /** A call that no page makes and no report tells of: a proxy may see it, or the page that handed the token over. */
  #callUnreported(deed: CallDeed, { site, token }: Caller, made: CallResult): void {
    const { proxy, medium, privateSeen } = this.#history.setting;
    if (proxy === 'back-end' && token) {
      this.#traffic.send({
        tab: null,
        store: 'back-end',
        type: 'xmlhttprequest',
        method: deed.method ?? 'GET',
        url: `${KAPI}${deed.path}`,
        status: made.answer.status,
        answer: made.answer,
        authorization: bearer(token),
        login: token.login,
        counted: made.counted,
        cuts: made.cut ? token.link : null,
      });
      return;
    }
    this.#traffic.hidden = true;
    // Nothing tells that anybody has a token on the site.
    const isLoginUnseen = !token || (storeOf(deed.tab) === 'private' && !privateSeen);
    if (made.counted && isLoginUnseen) made.counted.traceless = true;
    if (site.style === 'server') return;
    const isSeen = this.#handOver(deed, site, token);
    if (medium === 'live' && made.counted && !isSeen) made.counted.traceless = true;
  }

  /** The page gives its server the token to call with; returns whether that is seen. */
  #handOver({ tab }: CallDeed, site: SiteSetting, token: Token | undefined): boolean {
    if (!token || site.style !== 'page') return false;
    const { seen } = this.#traffic.send({
      tab,
      store: storeOf(tab),
      type: 'xmlhttprequest',
      method: 'POST',
      url: `${site.origin}/api/session`,
      initiator: site.origin,
      authorization: bearer(token),
      form: `access_token=${accessTokenOf(token)}`,
    });
    return seen;
  }

  #ask({ path, fate, about }: CallDeed, link: Link | undefined, token?: Token): CallResult {
    const { now } = this.#traffic;
    const isExpired =
      !about && token && this.#history.setting.tokensExpire && now - token.issuedAt > TOKEN_SERVES;
    return this.#kakao.call(isExpired ? undefined : link, path, now, refusalOf(fate));
  }
}

/** How long a token serves, ms. */
const TOKEN_SERVES = 6 * HOUR;

/** The truth about a call that was made. */
function truthOf({ about }: CallDeed, { counted, cut }: CallResult, { link, token }: Caller) {
  return {
    login: about ? null : (token?.login ?? null),
    counted,
    cuts: cut ? (link ?? null) : null,
  };
}

function refusalOf(fate: Fate | undefined): 'no-scope' | 'fails' | null {
  return fate === 'no-scope' || fate === 'fails' ? fate : null;
}

const CACHED_ANSWER: Answer = {
  status: 200,
  code: null,
  hasSignedUp: null,
  connectedAt: null,
  userId: null,
};

/** A call that a cache answered: Kakao knows nothing of it. */
const FROM_CACHE: CallResult = { answer: CACHED_ANSWER, counted: null, cut: false };
