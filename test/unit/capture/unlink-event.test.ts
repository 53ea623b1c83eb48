import { describe, expect, test } from 'vitest';
import { hashedCallback, parseCallbackLog } from '../../../utils/capture/callback-log.ts';

const UNLINKED = 'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked';
const LINKED = 'https://schemas.openid.net/secevent/oauth/event-type/user-linked';
const TOE = Date.UTC(2026, 10, 22, 3, 4, 5);
const CANARY = 'kanarie0zwq';

const subject = { subject_type: 'iss-sub', iss: 'https://kauth.kakao.com', sub: '4000000001' };
const claims = (more: Record<string, unknown> = {}) => ({
  iss: 'https://kauth.kakao.com',
  aud: `key-${CANARY}`,
  iat: TOE / 1000 + 5,
  toe: TOE / 1000,
  txm: `transaction-${CANARY}`,
  jti: `id-${CANARY}`,
  sub: '4000000001',
  events: { [UNLINKED]: { subject, reason: 'INCOMPLETE_SIGN_UP' } },
  ...more,
});
const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = packed({ kid: CANARY, typ: 'secevent+jwt', alg: 'RS256' });
const token = (value: unknown = claims()) => `${HEADER}.${packed(value)}.c2ln${CANARY}`;
const event = (reason?: string) => ({ events: { [UNLINKED]: { subject, reason } } });

const FOUND = { line: 1, at: TOE, appId: null, userId: '4000000001' };
const CUT = { ...FOUND, referrerType: 'INCOMPLETE_SIGN_UP' };

describe('one account-status event in a callback log', () => {
  test.each([
    ['the token as it was posted', token()],
    ['a log line with the token', `2026-11-22T12:00:00+09:00 INFO webhook ${token()} -> 202`],
    ['JSON with the token', JSON.stringify({ at: 'x', body: token() })],
    ['the claims as JSON', JSON.stringify(claims())],
    [
      'the claims as JSON in a string',
      JSON.stringify({ log: `set ${JSON.stringify(claims())}\n`, time: 'x' }),
    ],
    ['the claims one level down', `INFO ${JSON.stringify({ set: claims(), took: 3 })}`],
    [
      'a user id only in the claims',
      token({ ...claims(), events: { [UNLINKED]: { reason: 'INCOMPLETE_SIGN_UP' } } }),
    ],
    ['an access token before it', `${packed({ alg: 'x' })}.${packed({ sub: '1' })}.x ${token()}`],
  ])('%s: is an entry at the instant of the event', (_what, line) => {
    expect(parseCallbackLog(line)).toEqual({ entries: [CUT], bad: [], other: 0 });
  });

  test('app number: is kept where it is one', () => {
    const [first] = parseCallbackLog(token(claims({ app_id: '910004' }))).entries;
    const [second] = parseCallbackLog(token(claims({ app_id: CANARY }))).entries;
    expect([first?.appId, second?.appId]).toEqual(['910004', null]);
  });

  test('no instant of the event: its issue, then the line tells the time', () => {
    const issued = parseCallbackLog(token(claims({ toe: undefined })));
    expect(issued.entries[0]?.at).toBe(TOE + 5000);
    const none = token(claims({ toe: 'soon', iat: 7 }));
    const logged = parseCallbackLog(`2026-11-22T03:00:00Z ${none}`);
    expect(logged.entries[0]?.at).toBe(Date.UTC(2026, 10, 22, 3));
    expect(parseCallbackLog(none).entries[0]?.at).toBeNull();
  });

  test.each(['UNLINK_FROM_SERVICE', 'REVOKE_ACCOUNT_SERVICE_TERMS', 'ACCOUNT_DELETE'])(
    '%s is known as a reason',
    (reason) => {
      const { entries } = parseCallbackLog(token(claims(event(reason))));
      expect(entries).toEqual([{ ...FOUND, referrerType: reason }]);
    },
  );

  test.each([
    ['another event', claims({ events: { [LINKED]: { subject } } })],
    ['another issuer', claims({ iss: 'https://accounts.google.com' })],
    ['an ID token', { iss: 'https://kauth.kakao.com', sub: '4000000001' }],
    ['events of no shape', claims({ events: 7 })],
    ['an event of no shape', claims({ events: { [UNLINKED]: 'x' } })],
  ])('%s: is another line, not a bad one', (_what, value) => {
    expect(parseCallbackLog(token(value))).toEqual({ entries: [], bad: [], other: 1 });
  });

  test.each([
    ['no-user-id', claims({ sub: undefined, events: { [UNLINKED]: { reason: 'X' } } })],
    ['bad-user-id', claims({ events: { [UNLINKED]: { subject: { sub: 'kim' } } } })],
    ['no-referrer-type', claims(event())],
    ['unknown-referrer-type', claims(event('SOMETHING'))],
  ])('%s: the line is bad', (reason, value) => {
    expect(parseCallbackLog(token(value)).bad).toEqual([{ line: 1, reason }]);
  });

  test('token that was cut off or is no JSON: is another line', () => {
    const lines = [token().slice(0, 60), `${HEADER}.eyJ%%%.x`, `${HEADER}.eyJub3Q.x`, '{"events"'];
    expect(parseCallbackLog(lines.join('\n'))).toEqual({ entries: [], bad: [], other: 4 });
  });
});

test('fact of an event: holds the hash, the reason and no canary', async () => {
  const full = claims({
    events: {
      [UNLINKED]: {
        subject: { ...subject, email: CANARY },
        reason: 'ACCOUNT_DELETE',
        note: CANARY,
      },
    },
  });
  const log = parseCallbackLog([token(full), JSON.stringify(full), `GET /${CANARY}`].join('\n'));
  const told = await Promise.all(log.entries.map((e) => hashedCallback(e, async () => 'hash')));
  const callback = { at: TOE, appId: null, account: 'hash', referrerType: 'ACCOUNT_DELETE' };
  expect(told).toEqual([callback, callback]);
  expect(JSON.stringify([log, told])).not.toMatch(/kanarie/i);
});
