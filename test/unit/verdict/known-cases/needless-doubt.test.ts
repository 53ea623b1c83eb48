import { describe } from 'vitest';
import { SITE, T0 } from '../../fixtures.ts';
import { file, fromHar, harFirstLogin, harMe, type HarRequest } from './har-requests.ts';
import { after, mode, testCases, type KnownCase } from './known-case.ts';

/** A request that names the redirect URI with http, and is sent there so. */
function toHttp(r: HarRequest): HarRequest {
  const asHttp = (text: string) =>
    text.replace(encodeURIComponent(SITE), encodeURIComponent(`http:${SITE.slice(6)}`));
  return {
    ...r,
    url: asHttp(r.url),
    ...(r.to ? { to: r.to.replace(/^https:/, 'http:') } : {}),
    ...(r.form ? { form: asHttp(r.form) } : {}),
    headers: { ...r.headers, Referer: asHttp(r.headers?.['Referer'] ?? '') },
  };
}

const NEEDLESS_DOUBT: KnownCase[] = [
  {
    name: 'status written as text in a file: read as the number it is',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).map((r) => ({ ...r, status: String(r.to ? 302 : 200) })),
        harMe(after(0, 1), { status: '200' }),
      ]),
    ],
    at: 2,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
  {
    name: 'redirect URI of http that the browser knows to use https, which its recording does not say: one login',
    history: async () => [
      mode('auto'),
      await file([...harFirstLogin(T0).map(toHttp), harMe(after(0, 1))]),
    ],
    at: 30,
    logins: [{ verdict: 'complete certain', kind: 'first certain' }],
  },
];

describe('no doubt is left that need not be', () => {
  testCases(NEEDLESS_DOUBT);
});
