import type {
  AuthorizeFact,
  FrameFact,
  PollFact,
  StoredObservation,
} from '../model/observation.ts';
import { mayChangeAccount, mayGoOn, popupKind } from '../verdict/flow/authorize-step.ts';
import type { LoginState } from '../verdict/state/login-state.ts';
import { FLOW_TIMEOUT_MS } from '../verdict/state/time-limits.ts';

/** A step that led to no login. Any page can cause it. */
type IdleStep = StoredObservation & (AuthorizeFact | FrameFact | PollFact);

/**
 * Of observations in order of arrival those that can go before any login does, and whose absence changes no verdict: steps
 * that led to no login. Of those that follow each other the last one stays which still says something of what comes later:
 * what runs in a tab, or is polled for there, that another account may have logged in, that a popup may hand its token over,
 * whose calls a frame makes.
 */
export function selectIdleSteps(
  rows: readonly StoredObservation[],
  loginState: LoginState,
): StoredObservation[] {
  const isOfFlow = createFlowTest(rows, loginState);
  const isOfPopup = createPopupTest(rows);
  const idle: StoredObservation[] = [];
  const said = new Set<string>();
  /** Tabs in which a step stays that goes on with the one before it. */
  const goesOn = new Set<string>();
  for (const row of rows.toReversed()) {
    if (!isStepWithoutLogin(row) || isOfFlow(row) || isOfPopup(row)) {
      said.clear();
      continue;
    }
    const tab = tabKey(row);
    const news = newsOf(row).filter((word) => !said.has(word));
    for (const word of news) said.add(word);
    if (!news.length && !goesOn.has(tab)) idle.push(row);
    else if (row.type === 'authorize' && mayGoOn(row)) goesOn.add(tab);
    else goesOn.delete(tab);
  }
  return idle.reverse();
}

function tabKey({ cookieStore, tab }: IdleStep): string {
  return `tab|${cookieStore}|${tab}`;
}

function isStepWithoutLogin(row: StoredObservation): row is IdleStep {
  return ['authorize', 'frame', 'poll'].includes(row.type) && !row.loginId;
}

/** Makes a test of whether a row is a poll for an app that had a popup: how often it was polled then tells that popup's end. */
function createPopupTest(rows: readonly StoredObservation[]): (row: StoredObservation) => boolean {
  const apps = new Set(
    rows.flatMap((row) => (row.type === 'authorize' && popupKind(row) ? [row.clientId] : [])),
  );
  return (row) => row.type === 'poll' && apps.has(row.clientId);
}

/** Makes a test of whether a row may be a step of a login: it came while one was on its way, or before one in its tab. */
function createFlowTest(
  rows: readonly StoredObservation[],
  { logins }: LoginState,
): (row: StoredObservation) => boolean {
  const ats = rows.map((row) => row.at);
  const [first, last] = [Math.min(...ats), Math.max(...ats)];
  const near = [...logins.values()].filter(
    (l) => l.startedAt - FLOW_TIMEOUT_MS <= last && l.loggedInAt >= first,
  );
  return ({ at, tab, opener }) =>
    near.some((l) => {
      if (at > l.loggedInAt) return false;
      const isInTab = tab !== null && [l.tab, l.opener].includes(tab);
      const isInPopup = opener !== null && opener === l.tab;
      return at >= l.startedAt - (isInTab || isInPopup ? FLOW_TIMEOUT_MS : 0);
    });
}

/** What a step says of what comes after it. */
function newsOf(step: IdleStep): string[] {
  const { cookieStore, tab } = step;
  if (step.type !== 'authorize') return [`${step.type}|${tab}`];
  const { outcome, error, clientId } = step;
  // What runs in the tab comes to its end there.
  const news = [tabKey(step)];
  if (mayChangeAccount(step)) news.push(`account|${cookieStore}`);
  if (popupKind(step)) news.push(`popup|${cookieStore}|${tab}|${outcome}`);
  if (error === 'consent_required') news.push(`unlinked|${cookieStore}|${clientId}`);
  return news;
}
