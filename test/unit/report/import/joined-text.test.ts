import { expect, test } from 'vitest';
import { translateIn } from '../../../../utils/i18n/translate-in.ts';
import { joinedText } from '../../../../utils/report/import/joined-text.ts';

test('calls joined by time alone: says what makes them certain; nothing without them', () => {
  const said = (likely: number) => joinedText({ calls: 3, surely: 1, likely }, translateIn('en'));
  expect(said(2)).toContain('traceparent');
  expect(said(0)).not.toContain('traceparent');
  expect(said(0)).toContain('Not joined (of other users, or nothing ties them to a login): 2.');
});

test('no call at all: says what to look at', () => {
  const said = joinedText({ calls: 0, surely: 0, likely: 0 }, translateIn('en'));
  expect(said).toBe(
    'The server’s files hold no call to Kakao. Check that they cover the time of the login, and that outgoing requests are recorded.',
  );
});
