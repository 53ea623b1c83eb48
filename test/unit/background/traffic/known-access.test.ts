import { beforeEach, expect, test, vi } from 'vitest';

const adapters = vi.hoisted(() => ({ grantedSites: vi.fn(), hasSiteAccess: vi.fn() }));
vi.mock('../../../../utils/browser/site-access.ts', () => adapters);

const { createKnownAccess } = await import('../../../../utils/background/traffic/known-access.ts');

const SITE = 'https://shop.test';

beforeEach(() => {
  vi.resetAllMocks();
  adapters.hasSiteAccess.mockResolvedValue(true);
  adapters.grantedSites.mockResolvedValue([SITE]);
});

test('asked once, and known when the browser has answered; anew once that is forgotten', async () => {
  const access = createKnownAccess();
  const asked = [access.has(SITE), access.has(SITE)];
  expect(access.isKnown(SITE)).toBe(false);
  expect(await Promise.all(asked)).toEqual([true, true]);
  await access.granted();
  await access.granted();
  expect(access.isKnown(SITE)).toBe(true);
  access.forget();
  expect(access.isKnown(SITE)).toBe(false);
  adapters.hasSiteAccess.mockResolvedValue(false);
  adapters.grantedSites.mockResolvedValue([]);
  expect([await access.has(SITE), await access.granted()]).toEqual([false, []]);
  expect(adapters.hasSiteAccess).toHaveBeenCalledTimes(2);
  expect(adapters.grantedSites).toHaveBeenCalledTimes(2);
});

test('answer that comes after it was forgotten: the next one is asked for, and not known yet', async () => {
  const access = createKnownAccess();
  const late = Promise.withResolvers<boolean>();
  adapters.hasSiteAccess.mockReturnValueOnce(late.promise);
  const asked = access.has(SITE);
  access.forget();
  late.resolve(true);
  await asked;
  expect(access.isKnown(SITE)).toBe(false);
});

test('page that names sites without end: a thousand answers are remembered', async () => {
  const access = createKnownAccess();
  for (let n = 0; n <= 1000; n += 1) await access.has(`https://s${n}.test`);
  expect(access.isKnown('https://s0.test')).toBe(false);
  expect(access.isKnown('https://s1000.test')).toBe(true);
});
