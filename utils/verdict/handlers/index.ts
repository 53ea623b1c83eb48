import type { Login } from '../../model/login.ts';
import type { FactOf, FactType, ObservationOf } from '../../model/observation.ts';
import { answerHandler } from './answer.ts';
import { apiHandler, badReportHandler, tokenHandedHandler } from './api-call.ts';
import { arrivalHandler } from './arrival.ts';
import { authorizeHandler } from './authorize.ts';
import type { FactHandler } from './fact-handler.ts';
import { frameHandler, pollHandler } from './popup.ts';
import {
  lossHandler,
  pauseHandler,
  recordingEndHandler,
  startHandler,
  watchHandler,
} from './recording.ts';
import type { ReduceContext } from './reduce-context.ts';
import { appHandler, labelHandler, markHandler, silenceHandler } from './tester.ts';
import { tokenHandler } from './token.ts';
import { unlinkCallbackHandler } from './unlink-callback.ts';

/** Guidance and reports read these; the judgement does not. */
const NOT_JUDGED = {};

const HANDLERS: { [T in FactType]: FactHandler<FactOf<T>> } = {
  authorize: authorizeHandler,
  arrival: arrivalHandler,
  poll: pollHandler,
  frame: frameHandler,
  token: tokenHandler,
  api: apiHandler,
  answer: answerHandler,
  'bad-report': badReportHandler,
  'token-handed': tokenHandedHandler,
  leak: NOT_JUDGED,
  watch: watchHandler,
  pause: pauseHandler,
  start: startHandler,
  loss: lossHandler,
  'recording-ended': recordingEndHandler,
  mark: markHandler,
  label: labelHandler,
  app: appHandler,
  silence: silenceHandler,
  step: NOT_JUDGED,
  'unlink-callback': unlinkCallbackHandler,
};

/** Begins the login that an observation ends a flow with, and returns it; null where none begins. */
export function beginLoginOf<T extends FactType>(
  context: ReduceContext,
  observation: ObservationOf<T>,
): Login | null {
  return HANDLERS[observation.type].begin?.(context, observation) ?? null;
}

/** Records what an observation says. `begun` is the login that this observation began, or null. */
export function recordFact<T extends FactType>(
  context: ReduceContext,
  observation: ObservationOf<T>,
  begun: Login | null,
): void {
  HANDLERS[observation.type].record?.(context, observation, begun);
}
