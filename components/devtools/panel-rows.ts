import { observationMessage } from '../../utils/guidance/observation-message.ts';
import { messageKey } from '../../utils/i18n/message.ts';
import type { AttributedObservation, Observation } from '../../utils/model/observation.ts';
import { siteName } from '../../utils/model/site-name.ts';
import { evaluateCall } from '../../utils/verdict/attribute/evaluate-call.ts';
import { accountName } from '../shared/account-name.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { t } from '../shared/text.ts';

/** What became of a request: it counts, it does not, it failed, or that is no question. */
type Standing = 'counts' | 'counts-not' | 'failed' | 'step';

/** A request, a step or a mark, in words. */
export interface RequestRow {
  kind: 'request';
  key: string;
  observation: AttributedObservation;
  /** The login that it belongs to; null where there is none. */
  judged: JudgedLogin | null;
  standing: Standing;
  /** Method and path, or what happened; code stands between backticks. */
  name: string;
  /** HTTP status and Kakao's code; empty where there is none. */
  status: string;
  /** Why it counts, or does not; what its body said. */
  why: string;
}

/** A login, above what belongs to it; without one the heading of requests of no login. */
export interface LoginRow {
  kind: 'login';
  key: string;
  judged: JudgedLogin | null;
}

/** A row of the panel. */
export type PanelRow = LoginRow | RequestRow;

/** Writes the row of an observation; calls are evaluated under the link mode of their login's app. */
export function requestRow(o: AttributedObservation, judged: JudgedLogin | null): RequestRow {
  const base = { kind: 'request', key: o.id, observation: o, judged } as const;
  if (o.type === 'api') {
    const { counts, why } = evaluateCall(o, judged?.verdict.linkMode ?? 'unknown');
    const isRefused = o.status === 0 || o.status >= 400;
    return {
      ...base,
      standing: counts ? 'counts' : isRefused ? 'failed' : 'counts-not',
      name: `\`${o.method} ${o.path}\``,
      status: statusText(o.status, o.code),
      why: t(messageKey('calls', why)),
    };
  }
  const isFailed = statusOf(o) >= 400 || ('error' in o && o.error !== null);
  return {
    ...base,
    standing: isFailed ? 'failed' : 'step',
    name: t(observationMessage(o)),
    status: statusOf(o) ? statusText(statusOf(o), null) : '',
    why: 'error' in o && o.error ? o.error : '',
  };
}

const statusOf = (o: Observation) => ('status' in o ? o.status : 0);

function statusText(status: number, code: number | null): string {
  const answer = status === 0 ? t('calls.noAnswer') : String(status);
  return code === null ? answer : `${answer} (${code})`;
}

/** The words that a filter looks for in a row. */
export function rowText(row: PanelRow): string {
  if (row.kind === 'request') {
    const { name, status, why, observation } = row;
    const said = row.observation.type === 'api' ? countsWord(row.standing) : '';
    return [name, status, why, said, observation.source, observation.site ?? ''].join(' ');
  }
  const { judged } = row;
  if (!judged) return t('devtools.other');
  const { login, verdict } = judged;
  const site = login.site ? siteName(login.site) : '';
  return [
    accountName(judged),
    site,
    login.clientId,
    t(messageKey('verdict', verdict.verdict)),
  ].join(' ');
}

/** Says in a word whether a call counts. */
export function countsWord(standing: Standing): string {
  return t(standing === 'counts' ? 'calls.counts' : 'calls.countsNot');
}
