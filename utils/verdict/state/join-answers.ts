import type { AnswerFact, ApiFact, Observation, TokenFact } from '../../model/observation.ts';
import { MINUTE_MS, SECOND_MS } from '../../model/time.ts';

/** A request whose answer may be told. */
export type AnsweredRequest = Observation<ApiFact> | Observation<TokenFact>;

/** Requests whose answers were not told yet, and answers whose requests were not seen yet, in order of arrival. */
export interface Unjoined<W extends { request: AnsweredRequest }> {
  requests: W[];
  answers: Observation<AnswerFact>[];
}

/** How far apart traffic and the developer tools may say that a request was sent. */
const TOLERANCE_MS = 2 * SECOND_MS;
/** How long a request waits for its answer, and the other way round, and how many wait. */
const MAX_WAIT_MS = MINUTE_MS;
const MAX_WAITING = 20;

/** Whether the answer to a request may be told: by the tools of the tab that made it. */
export function mayBeAnswered(request: AnsweredRequest): boolean {
  return request.source === 'browser' && request.tab !== null && request.method !== 'OPTIONS';
}

/** Takes the request that an answer answers out of those that wait; undefined where there is none. */
export function takeRequest<W extends { request: AnsweredRequest }>(
  unjoined: Unjoined<W>,
  answer: Observation<AnswerFact>,
): W | undefined {
  const { requests } = unjoined;
  const waiting = requests[nearest(requests, ({ request }) => distance(request, answer))];
  if (waiting) unjoined.requests = requests.filter((w) => w !== waiting);
  return waiting;
}

/** Finds the answer to a request among those that wait, and leaves it there; undefined where there is none. */
export function findAnswer(
  { answers }: Pick<Unjoined<never>, 'answers'>,
  request: AnsweredRequest,
): Observation<AnswerFact> | undefined {
  return mayBeAnswered(request)
    ? answers[nearest(answers, (answer) => distance(request, answer))]
    : undefined;
}

/** Takes the answer to a request out of those that wait; undefined where there is none. */
export function takeAnswer(
  unjoined: Pick<Unjoined<never>, 'answers'>,
  request: AnsweredRequest,
): Observation<AnswerFact> | undefined {
  const answer = findAnswer(unjoined, request);
  if (answer) unjoined.answers = unjoined.answers.filter((a) => a !== answer);
  return answer;
}

/** Lets a request wait for its answer. */
export function keepRequest<W extends { request: AnsweredRequest }>(
  unjoined: Unjoined<W>,
  waiting: W,
): void {
  const { at } = waiting.request;
  const recent = unjoined.requests.filter((w) => Math.abs(w.request.at - at) <= MAX_WAIT_MS);
  unjoined.requests = [...recent, waiting].slice(-MAX_WAITING);
}

/** Lets an answer wait for its request. */
export function keepAnswer(
  unjoined: Pick<Unjoined<never>, 'answers'>,
  answer: Observation<AnswerFact>,
): void {
  const recent = unjoined.answers.filter((a) => Math.abs(a.at - answer.at) <= MAX_WAIT_MS);
  unjoined.answers = [...recent, answer].slice(-MAX_WAITING);
}

/**
 * Observations, in order of arrival, with what the developer tools told of answers put into the requests they answer. The
 * answers themselves are left out.
 */
export function joinAnswers<T extends Observation>(observations: readonly T[]): readonly T[] {
  if (!observations.some((o) => o.type === 'answer')) return observations;
  const joined: T[] = [];
  const unjoined: Unjoined<{ request: T & AnsweredRequest; place: number }> = {
    requests: [],
    answers: [],
  };
  for (const o of observations) {
    if (o.type === 'answer') {
      const answered = takeRequest(unjoined, o);
      if (answered) joined[answered.place] = withAnswer(answered.request, o);
      else keepAnswer(unjoined, o);
      continue;
    }
    const answer = isRequest(o) ? takeAnswer(unjoined, o) : undefined;
    if (isRequest(o) && !answer && mayBeAnswered(o))
      keepRequest(unjoined, { request: o, place: joined.length });
    joined.push(isRequest(o) && answer ? withAnswer(o, answer) : o);
  }
  return joined;
}

function isRequest<T extends Observation>(o: T): o is T & AnsweredRequest {
  return o.type === 'api' || o.type === 'token';
}

/** A request with the facts that its answer adds. */
export function withAnswer<R extends AnsweredRequest>(request: R, answer: AnswerFact): R {
  const { error, account, code, hasSignedUp, connectedAt, wholeBody, requiredScopes } = answer;
  if (request.type === 'token')
    return { ...request, error, account, grant: answer.grant ?? request.grant };
  return {
    ...request,
    account,
    code,
    hasSignedUp,
    connectedAt,
    wholeBody,
    requiredScopes,
    cached: request.cached || answer.cached,
    ...(answer.maybeCached ? { maybeCached: true as const } : {}),
    ...(answer.target === undefined ? {} : { target: answer.target }),
  };
}

/** How far apart (ms) a request and an answer were seen; null where they do not belong together. */
function distance(request: AnsweredRequest, answer: Observation<AnswerFact>): number | null {
  const isSame =
    request.type === answer.of &&
    request.tab === answer.tab &&
    request.method === answer.method &&
    request.status === answer.status &&
    (request.type === 'token' || request.path === answer.path);
  if (!isSame) return null;
  const apart =
    request.sentAt === undefined
      ? Math.abs(request.at - answer.at)
      : Math.abs(request.sentAt - answer.sentAt);
  return apart <= TOLERANCE_MS ? apart : null;
}

/** The place of the nearest of some; -1 where none is near. Of requests that are alike, it does not matter which has which answer. */
function nearest<T>(all: readonly T[], distanceOf: (one: T) => number | null): number {
  const distances = all.map((one) => distanceOf(one) ?? Infinity);
  const least = Math.min(...distances);
  return least === Infinity ? -1 : distances.indexOf(least);
}
