import { describe, expect, test } from 'vitest';
import { APP, authorize, exchange, firstLogin, HOUR, me, observe, T0 } from '../fixtures.ts';
import { judge, type Steps } from './judge-history.ts';

const loss = (at: number) => observe({ type: 'loss' }, at);
const seen = [...firstLogin(T0), exchange(T0 + 4000)];
const auto = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, T0 - 1000, {
  source: 'tester',
});

test('loss in the window: open and missed are only likely, because something may be lost', () => {
  expect(judge([seen], 1)[0]).toMatchObject({ verdict: 'pending', certainty: 'certain' });
  const torn = [seen, loss(T0 + 5000)];
  expect(judge(torn, 1)[0]).toMatchObject({ verdict: 'pending', doubt: 'lost' });
  expect(judge(torn, 30)[0]).toMatchObject({ verdict: 'missed', doubt: 'lost' });
});

test('loss after the window, or of before the login: no doubt', () => {
  expect(judge([seen, loss(T0 + 26 * HOUR)], 30)[0]).toMatchObject({ certainty: 'certain' });
  expect(judge([loss(T0 - 5000), seen], 30)[0]).toMatchObject({ certainty: 'certain' });
});

test('call before the loss: complete for certain; call after it may be of a login that was lost', () => {
  expect(judge([auto, seen, me(T0 + 5000), loss(T0 + 6000)], 30)[0]).toMatchObject({
    verdict: 'complete',
    certainty: 'certain',
  });
  expect(judge([auto, seen, loss(T0 + 5000), me(T0 + 6000)], 30)[0]).toMatchObject({
    verdict: 'complete',
    doubt: 'account-unknown',
  });
});

test('late call after a loss: perhaps in time, so only likely late', () => {
  const [login] = judge([auto, seen, loss(T0 + 5000), me(T0 + 25 * HOUR)], 30);
  expect(login).toMatchObject({ verdict: 'late', certainty: 'likely' });
});

test('login whose consent screen was lost: no repeat for certain', () => {
  const history = [
    observe(authorize({ outcome: 'login-form' }), T0),
    loss(T0 + 1000),
    observe(authorize({ params: ['through_account'], fromKakao: true }), T0 + 3000, { site: null }),
  ];
  const [login] = judge([history, exchange(T0 + 4000)], 1);
  expect(login).toMatchObject({ verdict: 'pending', doubt: 'lost' });
  expect(login?.login.kind).toBe('unknown');
  const whole = history.filter((o) => o.type !== 'loss');
  expect(judge([whole, exchange(T0 + 4000)], 1)[0]?.verdict).toBe('not-applicable');
});

test('login whose beginning was lost: says so; one an hour later does not', () => {
  const last = (at: number) =>
    observe(authorize({ params: ['through_account'], fromKakao: true }), at, { site: null });
  expect(judge([loss(T0), last(T0 + 1000)], 1)[0]?.doubt).toBe('lost');
  expect(judge([loss(T0), last(T0 + 2 * HOUR)], 3)[0]?.doubt).toBe('kind-unknown');
});

test('loss told before a step that came before it: the login of that flow may lack a step', () => {
  const began = observe(authorize({ outcome: 'login-form' }), T0);
  const ended = observe(authorize({ params: ['through_account'], fromKakao: true }), T0 + 3000, {
    site: null,
  });
  const [login] = judge([loss(T0 + 1000), began, ended, exchange(T0 + 4000)], 1);
  expect(login).toMatchObject({ verdict: 'pending', doubt: 'lost' });
});

test('connected_at of now beside a loss: a login just before may be what was lost', () => {
  const ended = observe(authorize({ params: ['through_account'], fromKakao: true }), T0 + 3000, {
    site: null,
  });
  const history = [auto, ended, exchange(T0 + 4000), me(T0 + 5000, {}, { connectedAt: T0 })];
  const kindOf = (steps: Steps) => judge(steps, 1)[0]?.login;
  expect(kindOf(history)).toMatchObject({ kind: 'first', certainty: 'certain' });
  expect(kindOf([loss(T0 + 1000), ...history])).toMatchObject({
    kind: 'first',
    certainty: 'likely',
  });
});

test('loss while a consent screen is shown: another tab’s login may have made the link', () => {
  const [upToScreen, code] = [firstLogin(T0).slice(0, 2), firstLogin(T0).slice(2)];
  const other = observe(authorize({ outcome: 'screen' }), T0 + 2500, { tab: 'r:2' });
  const kindOf = (steps: Steps) => judge(steps, 1)[0]?.login;
  expect(kindOf([upToScreen, other, code])).toMatchObject({ kind: 'first', certainty: 'certain' });
  expect(kindOf([upToScreen, other, loss(T0 + 2800), code])).toMatchObject({
    kind: 'first',
    certainty: 'likely',
  });
});

test('loss before the consent screen is shown: what was lost made no link', () => {
  const [form, screenOn] = [firstLogin(T0).slice(0, 1), firstLogin(T0).slice(1)];
  const [login] = judge([form, loss(T0 + 1000), screenOn], 1);
  expect(login?.login).toMatchObject({ kind: 'first', certainty: 'certain' });
});

describe('extension switched off and on, and the loss told ten seconds later', () => {
  const started = observe({ type: 'start' }, T0 + HOUR);
  const toldLate = loss(T0 + 4000);
  const unasked = observe(authorize({}), T0 + HOUR + 1000);
  const call = me(T0 + HOUR + 3000);
  const first = (between: Steps, at: number) => judge([auto, seen, started, ...between], at)[0];

  test('repeat meanwhile, and its call: it may be of another account', () => {
    const own = exchange(T0 + HOUR + 2000);
    const repeat = [unasked, own, call];
    expect(first(repeat, 30)).toMatchObject({ verdict: 'complete', certainty: 'certain' });
    expect(first([...repeat, toldLate], 30)).toMatchObject({ doubt: 'account-unknown' });
  });

  test('call meanwhile: it may be of a login that was not seen', () => {
    expect(first([call], 30)).toMatchObject({ verdict: 'complete', certainty: 'certain' });
    expect(first([call, toldLate], 30)).toMatchObject({ doubt: 'account-unknown' });
  });

  test('call before that: complete for certain', () => {
    const before = [auto, seen, me(T0 + 5000), started, loss(T0 + 5000)];
    expect(judge(before, 30)[0]).toMatchObject({ verdict: 'complete', certainty: 'certain' });
  });
});
