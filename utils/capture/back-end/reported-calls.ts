import type { ApiFact, Observation, TokenFact } from '../../model/observation.ts';
import { requestKey, type BackEndCall } from './back-end-call.ts';
import { MAX_SKEW_MS } from './server-clock.ts';

type Report = Observation<ApiFact | TokenFact>;

/** What the sites themselves reported of their calls. A report is of one call: once taken, it is of no other. */
export class ReportedCalls {
  /** By `requestKey`. */
  readonly #left: Map<string | null, Report[]>;

  /** `recorded` are the browser's observations. */
  constructor(recorded: readonly Observation[]) {
    const reports = recorded.filter(isReport).sort((x, y) => x.at - y.at);
    this.#left = Map.groupBy(reports, requestKey);
  }

  /** Takes the earliest report that is left and may be of a call; returns whether there was one. */
  take(call: BackEndCall): boolean {
    const [reports, n] = this.#find(call);
    if (n >= 0) reports.splice(n, 1);
    return n >= 0;
  }

  /** Whether a report that is left may be of a call. */
  has(call: BackEndCall): boolean {
    return this.#find(call)[1] >= 0;
  }

  #find({ fact, at }: BackEndCall): [alike: Report[], index: number] {
    const alike = this.#left.get(requestKey(fact)) ?? [];
    return [alike, alike.findIndex((report) => isOfTime(report, at))];
  }
}

function isReport(o: Observation): o is Report {
  return o.source === 'server' && (o.type === 'api' || o.type === 'token');
}

function isOfTime({ sentAt, at }: Report, instant: number): boolean {
  return instant >= (sentAt ?? at) - MAX_SKEW_MS && instant <= at + MAX_SKEW_MS;
}
