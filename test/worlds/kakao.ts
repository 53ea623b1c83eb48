import { DAY, HOUR, type AppSetting, type Setting, START } from './history.ts';

/** A call that Kakao counted for a link. */
export interface CountedCall {
  at: number;
  /** When the judge was given something about it, its answer or that none came; null where it never was. */
  seenAt: number | null;
  /** It left no trace where calls could be seen: its observation was lost, or a server made it beside the page. */
  traceless: boolean;
}

/** What joins an account to an app, until it is cut. */
export interface Link {
  who: string;
  app: AppSetting;
  userId: number;
  /** When it was made; Infinity while the token that makes it was not asked for. */
  at: number;
  counted: CountedCall[];
  cutAt: number | null;
  cutBy: 'job' | 'call' | 'settings' | null;
  /** When the judge was given the 200 of the unlink call; null where it never was. */
  cutSeenAt: number | null;
  /** When the judge could first see that the account is signed up; null where it never could. */
  knownSignedUpAt: number | null;
  /** It was there before the recording. */
  before: boolean;
}

/** A token, good while its link is. */
export interface Token {
  link: Link;
  login: TrueLogin;
  /** When it was issued or last renewed, true time, epoch ms. */
  issuedAt: number;
  /** How often it was renewed; absent where it was not. */
  renewed?: number;
}

/** One authorization that came back with a code or a token, as it really was. */
export interface TrueLogin {
  number: number;
  link: Link;
  /** It made the link. */
  first: boolean;
  at: number;
  /** When its token made its link, or found one; absent where the code did. */
  linkedAt?: number;
  key: string;
  site: string;
  tab: string;
  /** Observations of its flow that the judge was given. */
  seenSteps: number;
}

export interface Answer {
  status: number;
  code: number | null;
  hasSignedUp: boolean | null;
  connectedAt: number | null;
  userId: number | null;
}

/** The notice's list, written down here a second time on purpose. */
export const LISTED = [
  '/v2/user/me',
  '/v1/api/talk/profile',
  '/v1/api/story/profile',
  '/v1/user/shipping_address',
  '/v1/api/talk/friends',
  '/v1/friends',
  '/v1/api/talk/channels',
];

const WINDOW = DAY;
const peopleIds: Record<string, number> = { alice: 1, bob: 2, carol: 3 };

/** Kakao with all it knows: links, sessions, the daily job. Times are true times, epoch ms. */
export class Kakao {
  readonly links: Link[] = [];
  readonly sessions = new Map<string, { who: string; endsAt: number }>();
  readonly callbacks: { at: number; link: Link; referrerType: string }[] = [];
  private readonly setting: Setting;
  private made = 0;

  constructor(setting: Setting) {
    this.setting = setting;
    for (const { who, app, hoursOld, done } of setting.links) {
      const link = this.makeLink(who, this.app(app), START - hoursOld * HOUR);
      link.before = true;
      if (done) link.counted.push({ at: link.at + 1000, seenAt: null, traceless: false });
    }
  }

  app(name: string): AppSetting {
    const app = this.setting.apps.find((a) => a.name === name);
    if (!app) throw new Error(`no app ${name}`);
    return app;
  }

  /** Lets the daily job run for everything that is due at an instant. */
  runJobs(now: number): void {
    for (const link of this.links) {
      if (link.cutAt !== null) continue;
      const due = this.jobAfter(link.at + WINDOW);
      const done = link.counted[0];
      const saved = done && (done.at <= link.at + WINDOW || (link.app.lateSaves && done.at <= due));
      if (!saved && due <= now) {
        link.cutAt = due;
        link.cutBy = 'job';
        this.callbacks.push({ at: due + 1000, link, referrerType: 'INCOMPLETE_SIGN_UP' });
      }
    }
  }

  private jobAfter(at: number): number {
    const first = Math.floor(at / DAY) * DAY + this.setting.jobHour * HOUR;
    return first > at ? first : first + DAY;
  }

  linkOf(who: string, app: AppSetting, now: number): Link | undefined {
    this.runJobs(now);
    return this.links.findLast((l) => l.who === who && l.app === app && l.cutAt === null);
  }

  /** The link that a code is for: the one there is, or a new one, which the code makes or, where that is so, its token will. */
  linkForCode(who: string, app: AppSetting, now: number): Link {
    const alive = this.linkOf(who, app, now);
    if (alive) return alive;
    return this.setting.linkedByToken
      ? this.newLink(who, app, Infinity)
      : this.makeLink(who, app, now);
  }

  /** A login's token is asked for: it is for the link that another login has made meanwhile, or makes the login's own. */
  issueToken(login: TrueLogin, now: number): void {
    const { link } = login;
    if (link.at !== Infinity) return;
    login.linkedAt = now;
    const alive = this.linkOf(link.who, link.app, now);
    if (alive) Object.assign(login, { link: alive, first: false });
    else {
      link.at = now;
      this.links.push(link);
    }
  }

  makeLink(who: string, app: AppSetting, at: number): Link {
    const link = this.newLink(who, app, at);
    this.links.push(link);
    return link;
  }

  private newLink(who: string, app: AppSetting, at: number): Link {
    this.made += 1;
    return {
      who,
      app,
      userId:
        (app.fixedIds ? 0 : this.made * 100_000_000) +
        4_000_000 +
        Number(app.appId) * 10 +
        (peopleIds[who] ?? 9),
      at,
      counted: [],
      cutAt: null,
      cutBy: null,
      cutSeenAt: null,
      knownSignedUpAt: null,
      before: false,
    };
  }

  cut(link: Link, at: number, by: 'call' | 'settings'): void {
    if (link.cutAt !== null) return;
    link.cutAt = at;
    link.cutBy = by;
    if (by === 'settings')
      this.callbacks.push({ at: at + 1000, link, referrerType: 'UNLINK_FROM_APPS' });
  }

  sessionOf(store: string, now: number): string | null {
    const session = this.sessions.get(store);
    return session && session.endsAt > now ? session.who : null;
  }

  signIn(store: string, who: string, now: number, stay: boolean): void {
    this.sessions.set(store, { who, endsAt: now + (stay ? 30 * DAY : DAY) });
  }

  /** Answers an API call about a link. Returns what Kakao answers, and what it counted. */
  call(
    link: Link | undefined,
    path: string,
    now: number,
    refuse: 'no-scope' | 'fails' | null,
  ): { answer: Answer; counted: CountedCall | null; cut: boolean } {
    const nothing: Answer = {
      status: 200,
      code: null,
      hasSignedUp: null,
      connectedAt: null,
      userId: null,
    };
    const no = (status: number, code: number | null) => ({
      answer: { ...nothing, status, code },
      counted: null,
      cut: false,
    });
    this.runJobs(now);
    if (!link || link.cutAt !== null) return no(401, -401);
    if (refuse === 'fails') return no(500, null);
    if (refuse === 'no-scope') return no(403, -402);
    const { app } = link;
    const ok: Answer = { ...nothing, userId: link.userId };
    if (path === '/v1/user/unlink') {
      this.cut(link, now, 'call');
      return { answer: ok, counted: null, cut: true };
    }
    if (path === '/v1/user/signup') {
      if (app.mode === 'auto' || link.counted.length) return no(400, -102);
      const counted = { at: now, seenAt: null, traceless: false };
      link.counted.push(counted);
      return { answer: ok, counted, cut: false };
    }
    const counts = app.mode === 'auto' && LISTED.includes(path);
    const counted = counts ? { at: now, seenAt: null, traceless: false } : null;
    if (counted) link.counted.push(counted);
    if (path === '/v2/user/me') {
      const done = link.counted[0];
      ok.connectedAt =
        Math.floor((app.mode === 'manual' && done ? done.at : link.at) / 1000) * 1000;
      ok.hasSignedUp = app.mode === 'manual' ? !!done : null;
    } else if (!/access_token_info|signup|shipping/.test(path)) ok.userId = null;
    return { answer: ok, counted, cut: false };
  }
}
