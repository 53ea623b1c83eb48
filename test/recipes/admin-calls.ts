import { APPS, type Emulator } from '../emulator/index.ts';

/** Calls with the admin key for a shop to make, `METHOD PATH AUTHORIZATION`: about a user, and about nobody. */
export function adminCalls(emulator: Emulator): { aboutUser: string; aboutNobody: string } {
  const key = `KakaoAK ${emulator.apps.get(APPS.server)?.adminKey}`;
  const target = `target_id_type=user_id&target_id=${emulator.truth()[0]?.userId}`;
  return {
    aboutUser: `GET /v2/user/me?${target} ${key}`,
    aboutNobody: `POST /v1/user/unlink ${key}`,
  };
}

/** What recipes report of these calls, where no call with a token told who is logged in. */
export const ADMIN_CALLS_TOLD = [
  'kakao;desc="GET /v2/user/me 200 target=other"',
  'kakao;desc="POST /v1/user/unlink 400 code=-2 target=other"',
];
