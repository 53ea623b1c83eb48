import { storeOf, type SiteSetting } from './history.ts';
import type { Token, TrueLogin } from './kakao.ts';

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

  /** A renewed token takes the place of the one that it was made of, wherever that is kept. */
  renew(tab: string, site: SiteSetting, token: Token): void {
    for (const [tokens, key] of this.#placesOf(tab, site, token.login)) tokens.set(key, token);
  }

  /** The token of a login is gone, wherever it is kept. */
  drop(tab: string, site: SiteSetting, login: TrueLogin): void {
    for (const [tokens, key] of this.#placesOf(tab, site, login)) tokens.delete(key);
  }

  #placesOf(tab: string, site: SiteSetting, login: TrueLogin): [Map<string, Token>, string][] {
    const places: [Map<string, Token>, string][] = [
      [this.#ofTabs, inTab(tab, site)],
      [this.#ofStores, inStore(tab, site)],
      [this.#ofServers, inStore(tab, site)],
    ];
    return places.filter(([tokens, key]) => tokens.get(key)?.login === login);
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
