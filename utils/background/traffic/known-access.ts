import { grantedSites, hasSiteAccess } from '../../browser/site-access.ts';

/** Which sites can be seen. The browser is asked once, and again after access may have changed. */
export interface KnownAccess {
  /** Whether a site's calls can be seen. Never rejects. */
  has(site: string): Promise<boolean>;
  /** Whether the browser's answer for a site is there. */
  isKnown(site: string): boolean;
  /** The sites that a person has granted by name. */
  granted(): Promise<string[]>;
  /** Forgets every answer: access may have changed. */
  forget(): void;
}

/** How many answers are remembered: a page can name sites without end. */
const MOST = 1_000;

/** Makes one that has asked nothing yet. */
export function createKnownAccess(): KnownAccess {
  let sites = new Map<string, Promise<boolean>>();
  let answered = new Set<string>();
  let granted: Promise<string[]> | null = null;
  const forgetSites = () => {
    sites = new Map();
    answered = new Set();
  };
  return {
    has(site) {
      const known = sites.get(site);
      if (known) return known;
      if (sites.size >= MOST) forgetSites();
      const asked = hasSiteAccess(site);
      sites.set(site, asked);
      const mine = answered;
      void asked.then(() => mine.add(site));
      return asked;
    },
    isKnown: (site) => answered.has(site),
    granted: () => (granted ??= grantedSites()),
    forget() {
      forgetSites();
      granted = null;
    },
  };
}
