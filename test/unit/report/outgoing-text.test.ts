import { expect, test } from 'vitest';
import { createOutgoingText, outgoingSession } from '../../../utils/report/outgoing-text.ts';
import { replay } from '../../../utils/verdict/reduce.ts';
import { importCase } from './samples.ts';

const KEY = '0123456789abcdef0123456789abcdef';

async function scopeWith(clientId: string) {
  const { observations } = await importCase('v2-no-call');
  const named = observations.map((o) => ('clientId' in o && o.clientId ? { ...o, clientId } : o));
  return { loginState: replay(named), observations: named };
}

const session = {
  id: 's',
  name: `day ${KEY}\nsecond line`,
  startedAt: 0,
  endedAt: null,
  tester: 'kim\u202e',
  build: `b ${KEY.toUpperCase()}`,
  notes: `line\nline\u0007 ${KEY}`,
};

test('what a session says of itself: app keys masked, nothing obeyed', async () =>
  expect(outgoingSession(session, createOutgoingText(await scopeWith(KEY)))).toEqual({
    name: 'day 0123…ef second line',
    tester: 'kim\ufffd',
    build: 'b 0123…ef',
    environment: '',
    notes: 'line\nline\ufffd 0123…ef',
  }));

test('a hexadecimal word that is no key of an app stays', async () => {
  const outgoing = createOutgoingText(await scopeWith('f'.repeat(32)));
  expect(outgoing(`commit ${KEY}`)).toBe(`commit ${KEY}`);
  expect(createOutgoingText(null)('a\u2028b')).toBe('a\ufffdb');
});
