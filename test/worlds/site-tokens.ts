import { storeOf, type SiteSetting } from './history.ts';
import type { Token } from './kakao.ts';

/** The tokens that sites have: each tab its own, all tabs of a cookie store one, or the site's server. */
export class SiteTokens {
  readonly #ofTabs = new Map<string, Token>();
  readonly #ofStores = new Map<string, Token>();
  readonly #ofServers = new Map<string, Token>();

  /** A tab keeps a token for itself. */
  keepInTab(tab: string, site: SiteSetting, token: Token): void {
    this.#ofTabs.set(inTab(tab, site), token);
  }

  /** All tabs of a tab's cookie store share a token. */
  keepInStore(tab: string, site: SiteSetting, token: Token): void {
    this.#ofStores.set(inStore(tab, site), token);
  }

  /** The server has a token for the session of a tab's cookie store. */
  keepOnServer(tab: string, site: SiteSetting, token: Token): void {
    this.#ofServers.set(inStore(tab, site), token);
  }

  /** The tab's own token is gone. */
  dropOfTab(tab: string, site: SiteSetting): void {
    this.#ofTabs.delete(inTab(tab, site));
  }

  /** The browser is closed: what only tabs kept is gone. */
  dropOfTabs(): void {
    this.#ofTabs.clear();
  }

  ofTab(tab: string, site: SiteSetting): Token | undefined {
    return this.#ofTabs.get(inTab(tab, site));
  }

  ofStore(tab: string, site: SiteSetting): Token | undefined {
    return this.#ofStores.get(inStore(tab, site));
  }

  ofServer(tab: string, site: SiteSetting): Token | undefined {
    return this.#ofServers.get(inStore(tab, site));
  }
}

function inTab(tab: string, { name }: SiteSetting): string {
  return `${tab} ${name}`;
}

function inStore(tab: string, { name }: SiteSetting): string {
  return `${storeOf(tab)} ${name}`;
}
