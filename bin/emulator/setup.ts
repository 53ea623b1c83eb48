import { createAccount } from '../../test/emulator/accounts.ts';
import { jsApp } from '../../test/emulator/apps.ts';
import { createKakao, cutLink, type Kakao } from '../../test/emulator/kakao.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../utils/model/time.ts';
import type { KakaoApp } from '../playwright/types.ts';

/** A Kakao without apps and accounts, its clock at the real instant. */
export function createEmptyKakao(): Kakao {
  const kakao = createKakao();
  kakao.apps.clear();
  kakao.accounts.clear();
  return kakao;
}

/** Registers an app, in the place of one with the same key. */
export function registerApp(kakao: Kakao, options: KakaoApp): void {
  const { clientId, linkMode = 'auto', clientSecret = null } = options;
  const redirectUris = [options.redirectUri].flat();
  const app = jsApp(clientId, 1000 + kakao.apps.size, [], {
    linkMode,
    clientSecret,
    redirectUris,
    adminKey: options.adminKey ?? kakao.secrets.issue('ADMIN'),
    domains: options.domains ?? redirectUris.map((uri) => new URL(uri).origin),
  });
  kakao.apps.set(clientId, app);
}

/** Makes an account and gives the name by which its login form knows it. */
export function registerAccount(kakao: Kakao, nickname: string): string {
  const wanted = nickname.toLowerCase();
  let name = /^[a-z][a-z0-9]{0,19}$/.test(wanted) ? wanted : '';
  for (let n = kakao.accounts.size + 1; !name || kakao.accounts.has(name); n += 1)
    name = `user${n}`;
  kakao.accounts.set(name, { ...createAccount(name, kakao.secrets), nickname });
  return name;
}

/** Lets time pass for Kakao, in ms. Whatever is overdue then is cut: as early as Kakao's daily job may. */
export function letPass(kakao: Kakao, ms: number): void {
  kakao.clock.advance(ms);
  for (const link of kakao.world.overdue(kakao.clock.now()))
    cutLink(kakao, link, 'INCOMPLETE_SIGN_UP');
}

const UNITS: Record<string, number> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** Reads a length of time such as `25h`, in ms. Throws a RangeError. */
export function durationOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6}(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (factor === undefined) throw new RangeError(`not a length of time such as 25h: ${text}`);
  return Number(number) * factor;
}
