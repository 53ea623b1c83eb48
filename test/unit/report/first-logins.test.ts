import { describe, expect, test } from 'vitest';
import { translateIn } from '../../../utils/i18n/translate-in.ts';
import type { Fact } from '../../../utils/model/observation.ts';
import { noneJudgedText } from '../../../utils/report/first-logins.ts';
import { authorize, SITE } from '../fixtures.ts';

const arrival = (error: string): Fact => ({
  type: 'arrival',
  redirectUri: `${SITE}/cb`,
  outcome: 'error',
  error,
});

describe('why no first login was judged', () => {
  test.each<[string, Fact[], string]>([
    ['nothing of Kakao', [], 'switch “Preserve log” on'],
    ['file without redirects', [{ type: 'loss', leftOut: 'redirects' }], 'a file that Safari'],
    ['calls out of SDK v1’s frame alone', [{ type: 'frame' }], 'SDK v1 logs in by a popup'],
    ['login that was begun alone', [authorize({ outcome: 'screen' })], 'not recorded to its end'],
    ['consent denied', [arrival('access_denied')], 'Record again, and agree'],
    [
      'error page whose code is known',
      [authorize({ outcome: 'error-page', error: 'KOE006' })],
      'The findings say which',
    ],
    ['error page whose code is not', [authorize({ outcome: 'error-page' })], 'with an error'],
    ['silent login refused', [arrival('consent_required')], 'The findings say which'],
  ])('%s', (_what, facts, why) => {
    const observations = facts as unknown as Parameters<typeof noneJudgedText>[0]['observations'];
    expect(noneJudgedText({ logins: [], observations }, translateIn('en'))).toContain(why);
  });
});
