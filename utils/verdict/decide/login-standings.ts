import { appOf, linkMode, type App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { DAY_MS } from '../../model/time.ts';
import type { VerdictName } from '../../model/verdict.ts';
import type { LoginState } from '../state/login-state.ts';
import { deadlineOf } from './deadline.ts';
import { needsWord } from './needs-word.ts';
import { decideVerdict } from './verdict.ts';

/** Verdicts that are counted: somebody waits for them or has to look at them. */
export type CountedVerdict = Extract<VerdictName, 'pending' | 'missed' | 'unseen' | 'late'>;

/** What logins are counted as: by verdict, or complete only if their app links automatically. */
export type Standing = CountedVerdict | 'unanswered';

/** For how long (ms) after a deadline that passed somebody is told of it. */
export const ALERT_MS = DAY_MS;

/** A login that is counted, and that time may still change. */
interface Moving {
  login: Login;
  app: App;
  verdict: CountedVerdict;
}

/** How the logins of a state stand at an instant. */
interface StandingsThen {
  /** In order of arrival. */
  moving: Moving[];
  /** Of the others: how many have which verdict, and how many of them under a rehearsal window. */
  settled: { count: Record<Standing, number>; rehearsals: number };
}

/** How a login stands that only a new fact can change, where it is counted. */
interface Settled {
  standing: Standing | null;
  rehearsal: boolean;
}

/** Which logins of a state, by their ids, are settled, and which have to be looked at. A cache. */
class Standings {
  readonly #moving: Set<string>;
  readonly #settled = new Map<string, Settled>();
  readonly #totals: StandingsThen['settled'] = {
    count: { pending: 0, missed: 0, unseen: 0, late: 0, unanswered: 0 },
    rehearsals: 0,
  };
  /** The instant of the last look, epoch ms. */
  #at = -Infinity;

  constructor({ logins }: LoginState) {
    this.#moving = new Set(logins.keys());
  }

  /** Whether it is of these logins still, and can be asked for an instant (epoch ms). */
  isUsable({ logins }: LoginState, now: number): boolean {
    return this.#moving.size + this.#settled.size === logins.size && now >= this.#at;
  }

  /** Notes that logins, by their ids, have changed: they are looked at anew. */
  noteChanged(ids: Iterable<string>): void {
    for (const id of ids) {
      const known = this.#settled.get(id);
      if (known) this.#add(known, -1);
      this.#settled.delete(id);
      this.#moving.add(id);
    }
  }

  /** Looks at what may have changed since; settles what time cannot change after an instant (epoch ms). */
  lookAt(loginState: LoginState, now: number): StandingsThen {
    this.#at = now;
    const moving: Moving[] = [];
    for (const id of this.#moving) {
      const login = loginState.logins.get(id);
      if (!login) continue;
      const app = appOf(loginState, login.clientId);
      const judgement = decideVerdict(login, app, now);
      const { verdict } = judgement;
      if (isCounted(verdict) && !isFinal(verdict, deadlineOf(login, app), now))
        moving.push({ login, app, verdict });
      else {
        const isAsked = needsWord({ login, verdict: { ...judgement, linkMode: linkMode(app) } });
        const standing = isCounted(verdict) ? verdict : isAsked ? 'unanswered' : null;
        this.#settle(id, { standing, rehearsal: app.windowMs !== null });
      }
    }
    moving.sort((a, b) => a.login.ordinal - b.login.ordinal);
    return { moving, settled: this.#totals };
  }

  #settle(id: string, settled: Settled): void {
    this.#moving.delete(id);
    this.#settled.set(id, settled);
    this.#add(settled, 1);
  }

  #add({ standing, rehearsal }: Settled, n: 1 | -1): void {
    if (!standing) return;
    this.#totals.count[standing] += n;
    if (rehearsal) this.#totals.rehearsals += n;
  }
}

function isCounted(verdict: VerdictName): verdict is CountedVerdict {
  return ['pending', 'missed', 'unseen', 'late'].includes(verdict);
}

/** Whether time changes neither a verdict any more nor whether somebody is told of it. */
function isFinal(verdict: CountedVerdict, deadline: number, now: number): boolean {
  return verdict === 'late' || (verdict !== 'pending' && now - deadline > ALERT_MS);
}

const known = new WeakMap<LoginState['logins'], Standings>();

/** Notes that logins of a state, by their ids, or what is known of their app, have changed. */
export function noteChangedLogins({ logins }: LoginState, ids: Iterable<string>): void {
  known.get(logins)?.noteChanged(ids);
}

/** How the logins of a state stand at an instant (epoch ms). Quick where it is asked for later and later instants. */
export function standingsAt(loginState: LoginState, now: number): StandingsThen {
  const before = known.get(loginState.logins);
  const standings = before?.isUsable(loginState, now) ? before : new Standings(loginState);
  known.set(loginState.logins, standings);
  return standings.lookAt(loginState, now);
}
