import { describe, expect, test } from 'vitest';
import { SITE } from '../../fixtures.ts';
import {
  CALLS_OF_NO_PAGE,
  HIDDEN_REQUESTS,
  LOGINS_BY_TALK,
  refreshAfter,
} from './hidden-requests.ts';
import { readAsFile, testCases } from './known-case.ts';

describe('no miss is sure where a file does not show what a page sent', () => {
  testCases(HIDDEN_REQUESTS);
});

describe('a native app’s login that no browser shows is one', () => {
  testCases(LOGINS_BY_TALK);
});

describe('a page in one window does not make another window’s call its own', () => {
  testCases(CALLS_OF_NO_PAGE);

  test.each([
    ['page’s refresh after another window’s redirect to a site', 'https://x.test/cb?code=d', SITE],
    ['back end’s refresh after a redirect to Kakao’s login form', undefined, undefined],
  ])('%s: is of its own site', async (_, to = 'https://accounts.kakao.com/login/', origin) => {
    const headers: Record<string, string> = origin ? { Origin: origin } : { 'User-Agent': 'node' };
    const all = await readAsFile(refreshAfter(to, headers));
    const refresh = all.find((o) => o.type === 'token' && o.grant === 'refresh_token');
    expect(refresh?.site).toBe(SITE);
  });
});
