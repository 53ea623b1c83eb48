import type { Kakao } from '../emulator/kakao.ts';
import { serverCall, serverToken, type ServerCall, type Signer } from './server-calls.ts';

export type Report = 'no' | 'callback' | 'home';

/** What server.shop.test remembers of one visitor. */
export interface Visitor {
  clientId: string;
  state: string;
  /** Names of the calls to make on the callback. */
  calls: string[];
  /** When to report in `Server-Timing`: never, on the callback's redirect, or on the page after it. */
  report: Report;
  accessToken: string | null;
  refreshToken: string | null;
  userId: number | null;
  lastCalls: ServerCall[];
  problem: string | null;
}

/** A visitor who is about to be sent to Kakao. */
export const newVisitor = (
  given: Pick<Visitor, 'clientId' | 'state' | 'calls' | 'report'>,
): Visitor => ({
  ...given,
  accessToken: null,
  refreshToken: null,
  userId: null,
  lastCalls: [],
  problem: null,
});

/** Gets tokens for a visitor with a code or refresh token; a failure ends up in `problem`. */
export async function takeToken(
  kakao: Kakao,
  port: number,
  visitor: Visitor,
  fields: Record<string, string>,
): Promise<void> {
  const made = await serverToken(kakao, port, visitor.clientId, fields);
  visitor.lastCalls.push(made);
  if (made.status !== 200) {
    visitor.problem = String(made.body.error_code);
    return;
  }
  visitor.accessToken = String(made.body.access_token);
  if (made.body.refresh_token) visitor.refreshToken = String(made.body.refresh_token);
}

/** Makes one API call for a visitor, with their token or with the admin key. Throws on unknown names. */
export async function callFor(
  kakao: Kakao,
  port: number,
  visitor: Visitor,
  name: string,
  admin: boolean,
): Promise<ServerCall> {
  const adminKey = kakao.apps.get(visitor.clientId)?.adminKey ?? '';
  const signer: Signer = admin
    ? { adminKey, userId: visitor.userId ?? 0 }
    : { accessToken: visitor.accessToken ?? '' };
  const made = await serverCall(port, name, signer);
  visitor.lastCalls.push(made);
  if (typeof made.body.id === 'number') visitor.userId = made.body.id;
  return made;
}
