import { expect, test } from 'vitest';
import { WINDOW_MS } from '../../emulator/listed-calls.ts';
import { createWorld, truthOf, type LinkPolicy } from '../../emulator/world.ts';

const AUTO: LinkPolicy = { clientId: 'app', linkMode: 'auto', fixedUserId: true };
const NOTHING = { scopes: [], terms: [] };
const ME = { method: 'GET', path: '/v2/user/me', status: 200 };

test('window: closes after its last instant', () => {
  for (const [late, state] of [
    [0, 'complete'],
    [1, 'incomplete'],
  ] as const) {
    const world = createWorld();
    const link = world.login(AUTO, 'alice', NOTHING, 1000);
    world.called(AUTO, link, ME, 1000 + WINDOW_MS + late);
    expect(link.state).toBe(state);
    expect(world.overdue(1000 + WINDOW_MS)).toEqual([]);
    expect(world.overdue(1001 + WINDOW_MS)).toHaveLength(late);
  }
});

test('completion: only a 200 counts, and the first is kept', () => {
  const world = createWorld();
  const link = world.login(AUTO, 'alice', NOTHING, 0);
  world.called(AUTO, link, { ...ME, status: 403 }, 1);
  expect(link.completedAt).toBeNull();
  world.called(AUTO, link, ME, 2);
  world.called(AUTO, link, { ...ME, path: '/v1/friends' }, 3);
  expect(truthOf(link)).toMatchObject({ completedAt: 2, completedBy: { path: '/v2/user/me' } });
});

test('second login: keeps the link and its clock', () => {
  const world = createWorld();
  const first = world.login(AUTO, 'alice', { scopes: ['a'], terms: [] }, 10);
  const second = world.login(AUTO, 'alice', { scopes: ['b'], terms: ['t'] }, 20);
  expect(second).toBe(first);
  expect([first.linkedAt, [...first.scopes], [...first.terms]]).toEqual([10, ['a', 'b'], ['t']]);
});

test('cut link: nothing changes it', () => {
  const world = createWorld();
  const link = world.login(AUTO, 'alice', NOTHING, 0);
  world.unlink(link, 'UNLINK', 5);
  world.called(AUTO, link, ME, 6);
  expect(link).toMatchObject({ state: 'unlinked', unlinkedAt: 5, completedAt: null });
  expect(world.standing('app', 'alice')).toBeUndefined();
  expect(world.login(AUTO, 'alice', NOTHING, 7)).not.toBe(link);
});
