import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../../../../utils/guidance/rules/index.ts';
import { closeShops, fine, guidance, openShops } from './shops.ts';
import { COMPLETING } from './completing.ts';
import { LINKS } from './links.ts';
import { REFUSALS } from './refusals.ts';
import { REQUESTS } from './requests.ts';
import { SECRETS } from './secrets.ts';
import { SESSIONS } from './sessions.ts';
import { SIGHT } from './sight.ts';

beforeAll(openShops);
afterAll(closeShops);

const FLOWS = [
  ...COMPLETING,
  ...REFUSALS,
  ...LINKS,
  ...REQUESTS,
  ...SECRETS,
  ...SIGHT,
  ...SESSIONS,
];

/** Rules that the emulated Kakao cannot make speak, and why. */
const NO_FLOW: Record<string, string> = {
  'login-error':
    'it sends the browser back with no error word besides those that other rules tell of',
};

describe('each rule speaks of its flow in the emulated Kakao, and not of the one like it', () => {
  test.each(FLOWS)('%s', async (rule, fires, near) => {
    const found = (await guidance(fires)).map((f) => f.rule);
    expect(found).toContain(rule);
    expect((await guidance(near)).map((f) => f.rule)).not.toContain(rule);
  });

  test('no rule is left out', () => {
    const tried = [...FLOWS.map(([rule]) => rule), ...Object.keys(NO_FLOW)];
    expect(tried.sort()).toEqual(RULES.map((r) => r.id).sort());
  });

  test('a login that does everything right gives nothing to say', async () => {
    expect((await guidance(fine)).map((f) => f.rule)).toEqual([]);
  });
});
