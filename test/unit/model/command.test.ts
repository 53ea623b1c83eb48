import { expect, test } from 'vitest';
import { parseCommand } from '../../../utils/model/command.ts';

const ANSWER = {
  type: 'answer',
  of: 'api',
  method: 'GET',
  path: '/v2/user/me',
  status: 200,
  error: null,
  sentAt: 1_790_000_000_000,
  code: null,
  hasSignedUp: null,
  connectedAt: 1_790_000_000_000,
  account: 'ab'.repeat(32),
  wholeBody: true,
  cached: false,
  requiredScopes: [],
};
const answer = (more: object = {}) => ({
  type: 'answer',
  tab: 7,
  site: 'https://page.shop.test',
  at: 1_790_000_000_080,
  fact: { ...ANSWER, ...more },
});

const GOOD = [
  { type: 'label', login: 'id', label: '' },
  { type: 'label', login: 'id', label: '가'.repeat(80) },
  { type: 'mark', login: 'id', mark: 'complete', note: '' },
  { type: 'mark', login: 'id', mark: null, note: 'n'.repeat(500) },
  { type: 'app', clientId: 'key' },
  { type: 'app', clientId: 'key', linkMode: 'manual', fixedUserId: 'on', windowMs: 60_000 },
  { type: 'app', clientId: 'key', linkMode: undefined, windowMs: null },
  { type: 'link-modes', modes: [{ clientId: 'key', linkMode: 'manual' }] },
  { type: 'pause', paused: false },
  { type: 'settings', settings: {} },
  { type: 'settings', settings: { retentionDays: 3, retentionCount: 100, notifications: true } },
  { type: 'clear' },
  answer(),
  answer({ of: 'token', path: '/oauth/token', error: 'KOE320', target: 'other' }),
  answer({ of: 'token', path: '/oauth/token', grant: 'refresh_token' }),
  { type: 'reset-salt' },
  { type: 'reconcile' },
];

const nameOf = (message: unknown) => String(JSON.stringify(message)).slice(0, 70);

test.each(GOOD.map((c) => [nameOf(c), c]))('command is taken: %s', (_name, command) =>
  expect(parseCommand(command)).toEqual(command),
);

const settings = (s: unknown) => ({ type: 'settings', settings: s });
const app = (more: object) => ({ type: 'app', clientId: 'key', ...more });
const BAD: unknown[] = [
  { type: 'link-modes', modes: [{ clientId: 'key', linkMode: 'unknown' }] },
  answer({ account: '4000000001' }),
  answer({ target: '4000000001' }),
  answer({ error: 'some text' }),
  answer({ grant: 'client_credentials' }),
  answer({ requiredScopes: ['two words'] }),
  answer({ code: 1.5 }),
  answer({ status: 2000 }),
  { ...answer(), tab: 'r:1' },
  { ...answer(), site: 'https://page.shop.test/path?secret' },
  null,
  undefined,
  'clear',
  1,
  [],
  [{ type: 'clear' }],
  {},
  { type: null },
  { type: ['clear'] },
  { type: { toString: () => 'clear' } },
  { type: '__proto__' },
  { type: 'constructor' },
  { type: 'toString' },
  { type: 'Clear' },
  { type: 'label', login: 'id', label: () => 'a' },
  { type: 'label', login: 'id', label: 'a'.repeat(10_001) },
  { type: 'mark', login: 'id', mark: Symbol('complete'), note: '' },
  app({ windowMs: Number.NaN }),
  app({ windowMs: Infinity }),
  // What a report could not hold.
  app({ windowMs: 0.5 }),
  app({ clientId: 'constructor' }),
  { type: 'label', login: 'id', label: 'a'.repeat(201) },
  {
    type: 'callbacks',
    read: [{ at: 8e15, appId: null, account: 'h', referrerType: 'ACCOUNT_DELETE' }],
  },
  settings({ retentionDays: Number.NaN }),
  settings({ retentionDays: { deeper: { deepest: { still: 1 } } } }),
  { type: 'callbacks', read: Array.from({ length: 2001 }, () => ({ account: 'h' })) },
];

test.each(BAD.map((c, i) => [`${i} ${nameOf(c)}`, c]))(
  'message is no command: %s',
  (_name, message) => expect(parseCommand(message)).toBeNull(),
);

test('fields that no command has are left out, and so are fields that are undefined', () => {
  expect(parseCommand({ type: 'step', text: 'cancel', secret: 'x' })).toEqual({
    type: 'step',
    text: 'cancel',
  });
  expect(parseCommand(settings({ salt: 'x', deep: { deeper: 1 }, retentionDays: 7 }))).toEqual(
    settings({ retentionDays: 7 }),
  );
  const session = parseCommand({ type: 'session', id: 's', name: undefined, endedAt: 0 });
  expect(Object.keys(session ?? {})).toEqual(['type', 'id']);
});
