import type { CompletionSlot, Login } from '../../model/login.ts';

/** A kind of call that may complete a login, or a sign-up whose answer is not known. */
export type PossibleCall = CompletionSlot | 'signupAnswer';

/** A login's possible calls with one more, made at an instant (epoch ms): of each kind the earliest is kept. */
export function withPossibleCall(
  { possibleCalls }: Login,
  kind: PossibleCall,
  at: number,
): Login['possibleCalls'] {
  const isEarlier = at < (possibleCalls[kind] ?? Infinity);
  return isEarlier ? { ...possibleCalls, [kind]: at } : possibleCalls;
}
