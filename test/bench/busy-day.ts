import type { Observation } from '../../utils/model/observation.ts';
import { api, authorize, exchange, firstLogin, me, observe, T0 } from '../unit/fixtures.ts';

/** Instant of a busy day's first observation, epoch ms. */
export const DAY_BEGINS = T0;

/** A busy day of tests: so many logins in ever new tabs, each with its calls, reports that find no login, and flows that never end. */
export function* busyDay(logins: number, callsEach: number): Generator<Observation> {
  for (let i = 0; i < logins; i += 1) {
    const at = T0 + i * 40_000;
    const tab = `r:${i}`;
    yield* firstLogin(at, { tab });
    yield exchange(at + 4000, { tab });
    for (let call = 0; call < callsEach; call += 1) yield me(at + 5000 + call * 100, { tab });
    yield observe(authorize({ outcome: 'login-form' }), at + 30_000, { tab: `${tab}-open` });
    const lonely = { tab: null, site: 'https://none.test', source: 'server' as const };
    yield observe(api('/v2/user/me'), at + 31_000, lonely);
  }
}
