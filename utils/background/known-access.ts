import { grantedSites, hasSiteAccess } from '../browser/site-access.ts';

/** Which sites can be seen. The browser is asked once, and again after access may have changed. */
export interface KnownAccess {
  /** Whether a site's calls can be seen. Never rejects. */
  has(site: string): Promise<boolean>;
  /** The sites that a person has granted by name. */
  granted(): Promise<string[]>;
  /** Forgets every answer: access may have changed. */
  forget(): void;
}

/** Makes one that has asked nothing yet. */
export function createKnownAccess(): KnownAccess {
  let sites = new Map<string, Promise<boolean>>();
  let granted: Promise<string[]> | null = null;
  return {
    has(site) {
      const known = sites.get(site) ?? hasSiteAccess(site);
      sites.set(site, known);
      return known;
    },
    granted: () => (granted ??= grantedSites()),
    forget() {
      sites = new Map();
      granted = null;
    },
  };
}
