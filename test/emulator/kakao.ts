import { defaultAccounts } from './accounts.ts';
import { defaultApps } from './apps.ts';
import { createClock, type Clock } from './clock.ts';
import type { Account, App, ForcedAnswer } from './contract.ts';
import { createGrants, type Grants } from './grants.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createWorld, type World } from './world.ts';

/** How a popup or easy login ended, kept until the page that polls has fetched it. */
type PollResult = { code: string } | { error: string; description: string };

/** All state of the emulated Kakao, handed to every request handler. */
export interface Kakao {
  clock: Clock;
  secrets: Secrets;
  apps: Map<string, App>;
  accounts: Map<string, Account>;
  sessions: Sessions;
  world: World;
  grants: Grants;
  /** By `client_id` and `auth_tran_id`. */
  polls: Map<string, PollResult>;
  forced: Map<string, ForcedAnswer[]>;
}

/** A fresh Kakao whose clock starts at `now` (epoch ms; default: the real instant). */
export function createKakao(now?: number): Kakao {
  const secrets = createSecrets();
  const clock = createClock(now);
  return {
    clock,
    secrets,
    apps: defaultApps(secrets.issue),
    accounts: defaultAccounts(secrets),
    sessions: createSessions(secrets),
    world: createWorld(),
    grants: createGrants(secrets),
    polls: new Map(),
    forced: new Map(),
  };
}

/** Takes the next forced answer for a path, if a test asked for one. */
export function takeForced(kakao: Kakao, path: string): ForcedAnswer | undefined {
  return kakao.forced.get(path)?.shift();
}

/** Forgets a link's tokens and ends it. The one way a link is cut. */
export function cutLink(
  kakao: Kakao,
  link: Parameters<World['unlink']>[0],
  because: Parameters<World['unlink']>[1],
): void {
  kakao.world.unlink(link, because, kakao.clock.now());
  kakao.grants.dropUser(link.clientId, link.userId);
}
