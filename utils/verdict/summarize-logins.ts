import { appOf } from '../model/app.ts';
import { windowMs, deadlineOf } from './deadline.ts';
import type { VerdictName } from '../model/verdict.ts';
import type { LoginState } from './login-state.ts';
import type { Login } from '../model/login.ts';
import { decideVerdict } from './verdict.ts';

const HOUR = 3_600_000;

/** Something a person wants to be told once. */
export interface Alert {
  /** Unique per login and reason. */
  id: string;
  reason: 'soon' | 'missed' | 'unseen';
  login: Login;
  /** Epoch ms. */
  deadline: number;
  rehearsal: boolean;
}

/** Verdicts that somebody waits for or has to look at. */
type Told = Extract<VerdictName, 'pending' | 'missed' | 'unseen' | 'late'>;

/** How all logins stand at an instant. */
export interface LoginSummary {
  count: Record<Told, number>;
  /** Any login that waits or needs attention is judged under a rehearsal window. */
  rehearsal: boolean;
  alerts: Alert[];
  /** Epoch ms of the next instant at which a verdict or an alert changes; null if none will. */
  nextAt: number | null;
}

/** Two hours before the deadline, or an eighth of a rehearsal window. */
function leadMs(window: number): number {
  return Math.min(2 * HOUR, window / 8);
}

/** Sums up all logins at an instant (epoch ms): the badge, the alerts that are due, and when to look again. */
export function summarizeLogins(loginState: LoginState, now: number): LoginSummary {
  const count: LoginSummary['count'] = { pending: 0, missed: 0, unseen: 0, late: 0 };
  const isTold = (verdict: VerdictName): verdict is Told => verdict in count;
  const alerts: Alert[] = [];
  let rehearsal = false;
  let nextAt: number | null = null;
  const wake = (at: number) => {
    if (at > now && (nextAt === null || at < nextAt)) nextAt = at;
  };

  for (const login of loginState.logins.values()) {
    const app = appOf(loginState, login.clientId);
    const { verdict } = decideVerdict(login, app, now);
    const deadline = deadlineOf(login, app);
    const rehearsed = app.windowMs !== null;
    if (!isTold(verdict)) continue;
    count[verdict] += 1;
    rehearsal ||= rehearsed;
    const alert = (reason: Alert['reason']) =>
      alerts.push({
        id: `${login.id}:${reason === 'soon' ? 'soon' : 'passed'}`,
        reason,
        login,
        deadline,
        rehearsal: rehearsed,
      });
    if (verdict === 'pending') {
      const soonAt = deadline - leadMs(windowMs(app));
      wake(soonAt);
      wake(deadline + 1);
      if (now >= soonAt) alert('soon');
    } else if (verdict === 'missed' || verdict === 'unseen') {
      if (now - deadline <= 24 * HOUR) alert(verdict);
    }
  }
  return { count, rehearsal, alerts, nextAt };
}
