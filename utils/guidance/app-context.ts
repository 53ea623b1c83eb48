import type { App } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import type { ApiFact, AuthorizeFact, Observation, TokenFact } from '../model/observation.ts';
import type { RuleContext } from './rule-context.ts';

/** What an app rule reads: the app's logins, and its requests in order of arrival. */
export interface AppContext {
  app: App;
  clientId: string;
  logins: readonly Login[];
  authorizeRequests: readonly Observation<AuthorizeFact>[];
  tokenRequests: readonly (Observation<TokenFact> & { loginId?: string })[];
  calls: readonly Observation<ApiFact>[];
  ruleContext: RuleContext;
}

/** Cuts one context for each app that has a login or was named in traffic. */
export function createAppContexts(ruleContext: RuleContext): AppContext[] {
  // Settings of an app are no traffic: an app that only they name has nothing to advise on.
  const traffic = ruleContext.input.observations.filter(
    (o) => o.type !== 'app' && o.type !== 'silence',
  );
  const byApp = Map.groupBy(traffic, (o) => ruleContext.clientIdOf(o));
  const logins = Map.groupBy(ruleContext.logins, (l) => l.clientId);
  const clientIds = new Set([...logins.keys(), ...[...byApp.keys()].filter((id) => id !== null)]);
  return [...clientIds].map((clientId) => {
    const own = byApp.get(clientId) ?? [];
    return {
      app: ruleContext.appOf(clientId),
      clientId,
      logins: logins.get(clientId) ?? [],
      authorizeRequests: own.filter((o) => o.type === 'authorize'),
      tokenRequests: own.filter((o) => o.type === 'token'),
      calls: own.filter((o) => o.type === 'api'),
      ruleContext,
    };
  });
}
