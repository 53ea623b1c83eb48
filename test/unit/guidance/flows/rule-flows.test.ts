import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../../../../utils/guidance/rules/index.ts';
import { COMPLETION } from './completion.ts';
import { LINK } from './link.ts';
import { REFUSALS } from './refusals.ts';
import { REQUESTS } from './requests.ts';
import { SECRETS } from './secrets.ts';
import { SESSION } from './session.ts';
import { closeShops, completeLogin, findingsOf, openShops } from './shops.ts';
import { VISIBILITY } from './visibility.ts';

beforeAll(openShops);
afterAll(closeShops);

const FLOWS = [
  ...COMPLETION,
  ...REFUSALS,
  ...LINK,
  ...REQUESTS,
  ...SECRETS,
  ...VISIBILITY,
  ...SESSION,
];

/** Rules that no flow of the emulated Kakao can make fire, and why. */
const NO_FLOW: Record<string, string> = {
  'login-error': 'the emulated Kakao redirects with no error but those that other rules report',
};

describe('rules fire on their flow in the emulated Kakao and not on the near miss', () => {
  test.each(FLOWS)('%s', async (rule, fires, nearMiss) => {
    const found = (await findingsOf(fires)).map((f) => f.rule);
    expect(found).toContain(rule);
    expect((await findingsOf(nearMiss)).map((f) => f.rule)).not.toContain(rule);
  });

  test('every rule has a flow or a reason for having none', () => {
    const tried = [...FLOWS.map(([rule]) => rule), ...Object.keys(NO_FLOW)];
    expect(tried.sort()).toEqual(RULES.map((r) => r.id).sort());
  });

  test('complete login has no findings', async () => {
    expect((await findingsOf(completeLogin)).map((f) => f.rule)).toEqual([]);
  });
});
