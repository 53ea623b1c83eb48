import { exchange, type Exchange } from './exchange.ts';
import { START, storeOf, type History, type SiteSetting } from './history.ts';
import type { TrueLogin } from './kakao.ts';
import type { Recorder } from './recorder.ts';

/** A request takes so long unless something is said of it, ms. */
const USUAL_TIME = 50;

/** Nobody waits for an answer that takes longer, ms: it comes while other things happen. */
const LONGEST_WAIT = 1000;

/** True time as it goes by in a world, and its requests, which the recorder hears of in the order in which they end. */
export class Traffic {
  /** True time, epoch ms. */
  now = START;
  /** When the recorder was last given a request, epoch ms. */
  lastDone = START;
  /** Something that Kakao answered was kept from the judge. */
  hidden = false;
  /** The origin of the page that a tab shows. */
  readonly #shown = new Map<string, string>();
  /** Logins of which an observation was lost. */
  readonly #lostLogins = new Set<TrueLogin>();
  /** Requests whose answers are still to come. */
  #open: Exchange[] = [];
  readonly #history: History;
  readonly #recorder: Recorder;

  constructor(history: History, recorder: Recorder) {
    this.#history = history;
    this.#recorder = recorder;
  }

  /** Makes a request, which takes so many ms; nothing is special of it but what is given. */
  send(
    given: Partial<Exchange> & Pick<Exchange, 'tab' | 'store' | 'url'>,
    took = USUAL_TIME,
  ): Exchange {
    const sentAt = this.now;
    const e = exchange({ ...given, sentAt, doneAt: sentAt + took });
    if (e.type === 'main_frame' && e.tab !== null)
      this.#shown.set(e.tab, new URL(e.location ?? e.url).origin);
    if (took > LONGEST_WAIT) {
      this.#open.push(e);
      return e;
    }
    this.now += took;
    this.#deliver(e);
    return e;
  }

  /**
   * A file has the page that a tab shows as well: the tab loads a site's page, or comes back to it, where it shows another.
   * The extension takes nothing from such a page.
   */
  showPage(tab: string, { origin }: SiteSetting): void {
    if (this.#history.setting.medium !== 'har' || this.#shown.get(tab) === origin) return;
    this.send({ tab, store: storeOf(tab), url: `${origin}/`, html: true });
  }

  /** Lets the answers come that are due at an instant (epoch ms). */
  answerUntil(instant: number): void {
    const due = this.#open.filter((e) => e.doneAt <= instant).sort((a, b) => a.doneAt - b.doneAt);
    this.#open = this.#open.filter((e) => e.doneAt > instant);
    for (const e of due) this.#deliver(e);
  }

  /** Hands a request that has ended to the recorder, and notes what the judge was given of it. */
  #deliver(e: Exchange): void {
    e.doneAt = Math.max(e.doneAt, this.lastDone + 1);
    this.lastDone = e.doneAt;
    const { lost } = this.#recorder;
    const seen = this.#recorder.hear(e);
    e.seen = seen;
    const isShut = e.store === 'private' && !this.#history.setting.privateSeen;
    const isLost = this.#recorder.lost > lost;
    if (isLost && e.login) this.#lostLogins.add(e.login);
    const isOfLostLogin = !seen && e.login?.seenSteps === 0 && this.#lostLogins.has(e.login);
    if (e.counted && (isShut || isLost || isOfLostLogin)) e.counted.traceless = true;
    if (seen) this.#noteSeen(e);
    else if (e.counted || e.cuts || e.login) this.hidden = true;
  }

  #noteSeen({ login, counted, cuts, answer, status, serverTiming, doneAt }: Exchange): void {
    const isBodyKnown = this.#recorder.knowsBodies || serverTiming.length > 0;
    if (login && answer?.hasSignedUp && isBodyKnown) login.link.knownSignedUpAt ??= doneAt;
    if (login) login.seenSteps += 1;
    if (counted) counted.seenAt = doneAt;
    if (cuts && (status === 200 || serverTiming.length)) cuts.cutSeenAt = doneAt;
  }
}
