import type { AppFact, LabelFact, MarkFact, SilenceFact } from '../../model/observation.ts';
import { applyAppSettings, applySilence } from './app-knowledge.ts';
import type { FactHandler } from './fact-handler.ts';
import { attachTo, markAppChanged } from './reduce-context.ts';

/** The tester says that a login is complete or its link cut, or takes that back. */
export const markHandler: FactHandler<MarkFact> = {
  record(context, observation) {
    const login = context.loginState.logins.get(observation.login);
    if (!login) return;
    const { at, mark, note } = observation;
    login.testerMark = mark && { at, mark, note };
    attachTo(context, observation, login);
  },
};

/** The tester names the account of a login, or takes the name back. */
export const labelHandler: FactHandler<LabelFact> = {
  record(context, observation) {
    const login = context.loginState.logins.get(observation.login);
    if (!login) return;
    login.label = observation.label.trim() || null;
    attachTo(context, observation, login);
  },
};

/** The tester sets what is known of an app. */
export const appHandler: FactHandler<AppFact> = {
  record(context, observation) {
    applyAppSettings(context.loginState, observation);
    markAppChanged(context, observation.clientId);
  },
};

/** The tester silences a rule of guidance for an app, or brings it back. */
export const silenceHandler: FactHandler<SilenceFact> = {
  record(context, observation) {
    applySilence(context.loginState, observation);
    context.change.apps.add(observation.clientId);
  },
};
