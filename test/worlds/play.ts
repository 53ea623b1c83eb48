import {
  START,
  storeOf,
  type Action,
  type Deed,
  type History,
  type SiteSetting,
} from './history.ts';
import { Kakao, type TrueLogin } from './kakao.ts';
import { LoginSteps } from './login-steps.ts';
import type { Recorder } from './recorder.ts';
import { KAUTH, type LoginDeed } from './request-texts.ts';
import { SdkFrames } from './sdk-frames.ts';
import { SiteCalls } from './site-calls.ts';
import { SiteTokens } from './site-tokens.ts';
import { Traffic } from './traffic.ts';

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
export function play(history: History, recorder: Recorder): Played {
  const player = new Player(history, recorder);
  for (const action of history.actions) player.act(action);
  return player.finish();
}

/** Plays the actions of a history one after the other. */
class Player {
  /** When the next action is due, true time, epoch ms. */
  #due = START;
  /** The site whose page a tab shows, by tab. */
  readonly #pages = new Map<string, SiteSetting>();
  readonly #kakao: Kakao;
  readonly #traffic: Traffic;
  readonly #tokens = new SiteTokens();
  readonly #logins: LoginSteps;
  readonly #calls: SiteCalls;
  readonly #history: History;
  readonly #recorder: Recorder;

  constructor(history: History, recorder: Recorder) {
    this.#history = history;
    this.#recorder = recorder;
    this.#kakao = new Kakao(history.setting);
    this.#traffic = new Traffic(history, recorder);
    const frames = new SdkFrames(this.#traffic);
    const world = { kakao: this.#kakao, traffic: this.#traffic, tokens: this.#tokens, frames };
    this.#logins = new LoginSteps(history, { ...world, recorder });
    this.#calls = new SiteCalls(history, world);
  }

  /** Plays one action, and before it what happened by itself. */
  act(action: Action): void {
    this.#due += action.after;
    const now = Math.max(this.#traffic.now + 1, this.#due);
    this.#traffic.now = now;
    this.#traffic.answerUntil(now);
    this.#kakao.runJobs(now);
    this.#perform(action);
  }

  /** Lets all answers come. */
  finish(): Played {
    this.#traffic.answerUntil(Infinity);
    const { now, lastDone, hidden } = this.#traffic;
    return {
      kakao: this.#kakao,
      logins: this.#logins.logins,
      end: Math.max(now, lastDone),
      hidden: hidden || this.#recorder.lost > 0,
    };
  }

  #perform(deed: Deed): void {
    switch (deed.do) {
      case 'login':
        return this.#login(deed);
      case 'sign-in':
        return this.#logins.signIn(deed.tab, deed.who, !!deed.stay);
      case 'agree':
        return this.#logins.agree(deed.tab);
      case 'exchange':
        return this.#logins.exchange(deed.tab);
      case 'cancel':
        return this.#logins.cancel(deed.tab);
      case 'switch':
        return this.#logins.switchAccount(deed.tab, deed.who);
      case 'call':
        return this.#call(deed);
      case 'refresh':
        return this.#refresh(deed);
      case 'logout':
        return this.#logOut(deed);
      case 'other-login':
        return this.#otherLogin(deed);
      case 'unlink-in-settings':
        return this.#unlinkInSettings(deed);
      case 'link-elsewhere':
        return this.#linkElsewhere(deed);
      case 'restart':
        return this.#restart();
      case 'import-callbacks':
        return this.#importCallbacks(deed);
      case 'false-callback':
        return this.#falseCallback(deed);
      default:
        if (deed.do !== 'grant' && deed.do !== 'resume') this.#traffic.hidden = true;
        return this.#recorder.tell(deed, this.#traffic.now);
    }
  }

  #login(deed: LoginDeed): void {
    const site = this.#site(deed.site);
    this.#pages.set(deed.tab, site);
    this.#traffic.showPage(deed.tab, site);
    this.#logins.begin(deed, site);
  }

  #call(deed: DeedOf<'call'>): void {
    const site = this.#pages.get(deed.tab);
    if (!site) return;
    if (deed.by !== 'worker') this.#traffic.showPage(deed.tab, site);
    this.#calls.call(deed, site);
  }

  #refresh({ tab }: DeedOf<'refresh'>): void {
    const site = this.#pages.get(tab);
    if (!site) return;
    this.#traffic.showPage(tab, site);
    this.#calls.refresh(tab, site);
  }

  /** The page ends its token, or sends the tab to Kakao to end the session there, which sends it back. */
  #logOut({ tab, of }: DeedOf<'logout'>): void {
    const site = this.#pages.get(tab);
    if (!site) return;
    this.#traffic.showPage(tab, site);
    if (of === 'token') return this.#calls.logOut(tab, site);
    const store = storeOf(tab);
    const after = `${site.origin}/bye`;
    const key = this.#kakao.app(site.app).keys[site.key] ?? '';
    this.#logins.leave(tab);
    this.#kakao.sessions.delete(store);
    this.#traffic.send({
      tab,
      store,
      url: `${KAUTH}/oauth/logout?client_id=${key}&logout_redirect_uri=${encodeURIComponent(after)}`,
      initiator: site.origin,
      status: 302,
      location: after,
    });
    this.#traffic.send({ tab, store, url: after, initiator: site.origin, html: true });
  }

  /** A person leaves the page's login with Kakao, if any, for another provider, which sends the tab back with its code. */
  #otherLogin({ tab, site: name }: DeedOf<'other-login'>): void {
    const site = this.#site(name);
    this.#pages.set(tab, site);
    this.#logins.leave(tab);
    this.#traffic.send({
      tab,
      store: storeOf(tab),
      url: `${site.origin}/other/cb?code=o1&state=o2`,
      initiator: 'https://accounts.other.test',
      html: true,
    });
  }

  /** A person cuts a link in Kakao's settings. */
  #unlinkInSettings({ who, app }: DeedOf<'unlink-in-settings'>): void {
    const { now } = this.#traffic;
    const link = this.#kakao.linkOf(who, this.#kakao.app(app), now);
    if (!link) return;
    this.#kakao.cut(link, now, 'settings');
    this.#traffic.hidden = true;
  }

  /** A person logs in where nobody records, and the login is completed there or not. */
  #linkElsewhere({ who, app: name, done }: DeedOf<'link-elsewhere'>): void {
    const { now } = this.#traffic;
    const app = this.#kakao.app(name);
    if (this.#kakao.linkOf(who, app, now)) return;
    const link = this.#kakao.makeLink(who, app, now);
    if (done) link.counted.push({ at: now + 1, seenAt: null, traceless: false });
    this.#traffic.hidden = true;
  }

  /** The browser is closed and opened again. */
  #restart(): void {
    this.#logins.dropAll();
    this.#pages.clear();
    this.#tokens.dropOfTabs();
    this.#kakao.sessions.delete('private');
    this.#traffic.hidden = true;
    this.#recorder.tell({ do: 'restart' }, this.#traffic.now);
  }

  /** The tester imports the log of what Kakao told the site. */
  #importCallbacks({ timeKnown }: DeedOf<'import-callbacks'>): void {
    const { now } = this.#traffic;
    for (const { at, link, referrerType } of this.#kakao.callbacks) {
      if (at > now) continue;
      const entry = { userId: link.userId, appId: link.app.appId, referrerType, at };
      this.#recorder.callback(entry, timeKnown, now);
    }
  }

  /** A log has a callback that Kakao never sent. */
  #falseCallback({ who, app, appId, timeKnown }: DeedOf<'false-callback'>): void {
    const { now } = this.#traffic;
    const link = this.#kakao.linkOf(who, this.#kakao.app(app), now);
    if (!link) return;
    const entry = { userId: link.userId, appId, referrerType: 'INCOMPLETE_SIGN_UP', at: now };
    this.#recorder.callback(entry, timeKnown, now);
  }

  #site(name: string): SiteSetting {
    const site = this.#history.setting.sites.find((s) => s.name === name);
    if (!site) throw new Error(`no site ${name}`);
    return site;
  }
}

type DeedOf<N extends Deed['do']> = Extract<Deed, { do: N }>;
