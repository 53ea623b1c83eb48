import type { Observation } from '../../model/observation.ts';
import type { MarkedRequest } from '../har/token/request-marks.ts';
import type { BackEndCall } from './back-end-call.ts';

/** The latest request of the browser to each site, as the calls of a record are gone through in order of time. */
export class LatestRequests {
  readonly #bySite = new Map<string | null, MarkedRequest>();
  /** What the sites reported themselves and was not come to yet, the earliest last. */
  readonly #reported: Observation[];

  /** `recorded` are the browser's observations. */
  constructor(recorded: readonly Observation[]) {
    this.#reported = recorded.filter((o) => o.source === 'server').sort((x, y) => y.at - x.at);
  }

  /** Goes on to an instant (epoch ms): a request with whose answer its site reported something is its latest from then on. */
  goOnTo(until: number): void {
    const reported = this.#reported;
    for (let o = reported.at(-1); o && o.at <= until; o = reported.at(-1)) {
      const { cookieStore, tab, site, at } = o;
      this.note({ cookieStore, tab, site, from: at, codeAt: null });
      reported.pop();
    }
  }

  /** Notes that a request is the latest of its site. */
  note(request: MarkedRequest): void {
    this.#bySite.set(request.site, request);
  }

  /** The latest request of each site, of which a call may be that nothing ties to one. */
  before({ at }: BackEndCall): MarkedRequest[] {
    // Moved to a later request, it would be of a login that it may have come before.
    return [...this.#bySite.values()].map((r) => ({ ...r, from: Math.min(r.from, at) }));
  }
}
