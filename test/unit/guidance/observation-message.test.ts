import { expect, test } from 'vitest';
import { observationText } from '../../../utils/guidance/observation-message.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import { observe, T0, token } from '../fixtures.ts';

test.each([
  ['en', 'Token refresh'],
  ['ko', '토큰 갱신'],
] as const)('%s: a token request is called by method and path, as calls are', (language, word) => {
  const textOf = (fact: ReturnType<typeof token>) =>
    observationText(observe(fact, T0), translateIn(language));
  expect(textOf(token())).toBe('`POST /oauth/token` 200');
  expect(textOf(token(400, { method: 'GET', error: 'KOE320' }))).toBe(
    '`GET /oauth/token` 400 (KOE320)',
  );
  expect(textOf(token(200, { grant: 'refresh_token' }))).toBe(`${word}: \`POST /oauth/token\` 200`);
});
