import type { Account, App } from './contract.ts';
import type { Tokens } from './grants.ts';
import type { Kakao } from './kakao.ts';
import type { Link } from './world.ts';

/** Everything a call's answer is made from. */
export interface Caller {
  kakao: Kakao;
  app: App;
  account: Account;
  link: Link;
  /** Null when the admin key was used. */
  tokens: Tokens | null;
  params: URLSearchParams;
}

/** The JSON object of a 200. */
export type Body = Record<string, unknown>;
