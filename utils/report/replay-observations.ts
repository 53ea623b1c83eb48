import { appOf, newApp, setApp } from '../verdict/app-knowledge.ts';
import { fold } from '../verdict/reduce.ts';
import { createLedger, type Ledger } from '../verdict/login-state.ts';
import type { AppFact, Observation } from '../model/observation.ts';
import { settle } from '../verdict/derive-logins.ts';
import type { Placed } from './select-evidence.ts';

/** An observation of a report; where several browsers are merged, with the one it was taken in. */
export type Told = Placed & { browser?: string };

export interface Judged {
  /** Logins and apps; what the fold tracks in between is left out. */
  ledger: Ledger;
  /** Those judged, in their order, each with the login it was placed on. */
  observations: Told[];
}

/**
 * Folds observations into logins as they stood at an instant (epoch ms): later ones are ignored. Each browser's are
 * folded apart; what is known of an app holds for all.
 */
export function judge(observations: readonly Told[], at = Infinity): Judged {
  const ledgers = new Map<string, Ledger>();
  const placed: Told[] = [];
  for (const { placedOn: _placedOn, ...o } of observations) {
    if (o.at > at) continue;
    const { browser, ...fact } = o as Told;
    const ledger = ledgers.get(browser ?? '') ?? createLedger();
    ledgers.set(browser ?? '', ledger);
    const { placedOn, adopted } = fold(ledger, fact as Observation);
    placed.push({ ...o, ...(placedOn ? { placedOn } : {}) } as Told);
    for (const [id, login] of adopted) {
      const earlier = placed.find((p) => p.id === id && p.browser === browser);
      if (earlier) earlier.placedOn ??= login;
    }
  }
  const all = [...ledgers.values()];
  if (all.length > 1) shareApps(all, placed);
  const ledger = createLedger();
  for (const one of all) {
    for (const login of one.logins.values()) ledger.logins.set(login.id, login);
    for (const app of one.apps.values()) ledger.apps.set(app.clientId, app);
  }
  return { ledger, observations: placed };
}

/** Lets each browser's ledger know of the apps what any of them knows: the latest word of testers and of traffic. */
function shareApps(ledgers: readonly Ledger[], observations: readonly Told[]): void {
  const words = createLedger();
  const set = observations
    .filter((o): o is Told & Observation<AppFact> => o.type === 'app')
    .sort((a, b) => a.at - b.at);
  for (const o of set) setApp(words, o);
  for (const id of new Set(ledgers.flatMap((l) => [...l.apps.keys()]))) {
    if (id === 'unknown') continue;
    const known = ledgers.flatMap((l) => l.apps.get(id) ?? []);
    const latest = known.sort((a, b) => (b.inferredAt ?? 0) - (a.inferredAt ?? 0))[0] ?? newApp(id);
    const { hand, fixedUserId, windowMs } = appOf(words, id);
    for (const ledger of ledgers) {
      ledger.apps.set(id, { ...latest, hand, fixedUserId, windowMs });
      const logins = [...ledger.logins.values()].filter((l) => l.clientId === id);
      for (const site of new Set(logins.map((l) => l.site))) settle(ledger, id, site);
    }
  }
}
