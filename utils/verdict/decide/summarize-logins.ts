import type { App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { HOUR_MS } from '../../model/time.ts';
import type { LoginState } from '../state/login-state.ts';
import { deadlineOf, latestDeadlineOf, windowMs } from './deadline.ts';
import { ALERT_MS, standingsAt, type CountedVerdict, type Standing } from './login-standings.ts';
import { decideVerdict } from './verdict.ts';

/** A notification that a person gets once. */
export interface Alert {
  /** Unique per login and reason. */
  id: string;
  reason: 'soon' | 'missed' | 'unseen';
  /** The verdict is certain, or will be as soon as the window is surely over. */
  isSure: boolean;
  login: Login;
  /** Epoch ms. */
  deadline: number;
  rehearsal: boolean;
}

/** How all logins stand at an instant. */
export interface LoginSummary {
  count: Record<Standing, number>;
  /** Any login that waits or needs attention is judged under a rehearsal window. */
  rehearsal: boolean;
  alerts: Alert[];
  /** Epoch ms of the next instant at which a verdict or an alert changes; null if none will. */
  nextAt: number | null;
}

/**
 * Sums up all logins at an instant (epoch ms): the badge, the alerts that are due, and when to look again. Looks at those
 * that changed, and at those that time still changes.
 */
export function summarizeLogins(loginState: LoginState, now: number): LoginSummary {
  const { moving, settled } = standingsAt(loginState, now);
  const count = { ...settled.count };
  let rehearsal = settled.rehearsals > 0;
  const alerts: Alert[] = [];
  const changesAt: number[] = [];

  for (const { login, app, verdict } of moving) {
    count[verdict] += 1;
    rehearsal ||= isRehearsal(app);
    const reason = alertReason(login, app, verdict, now);
    if (reason) alerts.push(newAlert(login, app, reason, now));
    if (verdict === 'pending') changesAt.push(soonAt(login, app), deadlineOf(login, app) + 1);
  }
  const coming = changesAt.filter((at) => at > now);
  const nextAt = coming.reduce<number | null>(
    (next, at) => (next === null || at < next ? at : next),
    null,
  );
  return { count, rehearsal, alerts, nextAt };
}

/** Why a login needs a notification at an instant (epoch ms), or null. */
function alertReason(
  login: Login,
  app: App,
  verdict: CountedVerdict,
  now: number,
): Alert['reason'] | null {
  if (verdict === 'pending') return now >= soonAt(login, app) ? 'soon' : null;
  if (verdict === 'late') return null;
  return now - deadlineOf(login, app) <= ALERT_MS ? verdict : null;
}

function newAlert(login: Login, app: App, reason: Alert['reason'], now: number): Alert {
  const at = reason === 'soon' ? now : Math.max(now, latestDeadlineOf(login, app) + 1);
  return {
    id: `${login.id}:${reason === 'soon' ? 'soon' : 'passed'}`,
    reason,
    isSure: decideVerdict(login, app, at).doubt === null,
    login,
    deadline: deadlineOf(login, app),
    rehearsal: isRehearsal(app),
  };
}

function isRehearsal(app: App): boolean {
  return app.windowMs !== null;
}

/** The instant (epoch ms) from which a deadline is soon: two hours before it, or an eighth of a rehearsal window. */
function soonAt(login: Login, app: App): number {
  return deadlineOf(login, app) - Math.min(2 * HOUR_MS, windowMs(app) / 8);
}
