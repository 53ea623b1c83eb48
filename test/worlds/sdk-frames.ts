import { storeOf, type SiteSetting } from './history.ts';
import { KAPI } from './request-texts.ts';
import type { Traffic } from './traffic.ts';

/** The pages that use SDK v1, and its frames in them. */
export class SdkFrames {
  /** The pages, by tab and site, that use SDK v1. */
  readonly #pages = new Set<string>();
  /** The site for whose page SDK v1's frame is open, by tab. */
  readonly #open = new Map<string, string>();
  readonly #traffic: Traffic;

  constructor(traffic: Traffic) {
    this.#traffic = traffic;
  }

  /** Whether a site's page in a tab uses SDK v1. */
  isUsed(tab: string, site: SiteSetting): boolean {
    return this.#pages.has(`${tab} ${site.name}`);
  }

  /** SDK v1 opens its frame, once in a page. */
  open(tab: string, site: SiteSetting): void {
    this.#pages.add(`${tab} ${site.name}`);
    if (this.#open.get(tab) === site.name) return;
    this.#open.set(tab, site.name);
    this.#traffic.send({
      tab,
      store: storeOf(tab),
      type: 'sub_frame',
      url: `${KAPI}/cors/?xdm_e=${encodeURIComponent(site.origin)}&xdm_c=default1`,
      initiator: site.origin,
      html: true,
    });
  }

  /** The page of a tab goes away, and its frame with it. */
  close(tab: string): void {
    this.#open.delete(tab);
  }
}
