const BASE = 'https://developers.kakao.com/docs/latest/ko';

/** Public pages that texts and controls link to; Kakao's own in Korean. */
export const DOCS = {
  app: `${BASE}/app-setting/app`,
  permission: `${BASE}/getting-started/permission`,
  prerequisite: `${BASE}/kakaologin/prerequisite`,
  webhookTest: `${BASE}/tool/webhook-test`,
  rest: `${BASE}/kakaologin/rest-api`,
  utilize: `${BASE}/kakaologin/utilize`,
  errors: `${BASE}/kakaologin/trouble-shooting`,
  apiErrors: `${BASE}/rest-api/error-code`,
  callback: `${BASE}/kakaologin/callback`,
  security: `${BASE}/getting-started/security-guideline`,
  sdkUpgrade: `${BASE}/javascript/migration`,
  sdk: `${BASE}/javascript/getting-started`,
  notice:
    'https://devtalk.kakao.com/t/notice-unlink-for-users-who-have-not-completed-a-signup/111463',
  userIds: 'https://devtalk.kakao.com/t/faq-id/117110',
  refresh: 'https://devtalk.kakao.com/t/koe322-expired-or-invalid-refresh-token/126899',
  serverTiming: 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Server-Timing',
} as const;

/** A page in the reader's language, as far as it has one: Kakao's documentation has English pages at addresses of their own. */
export const docsIn = (language: 'en' | 'ko', page: string): string =>
  language === 'en' ? page.replace(BASE, BASE.replace(/ko$/, 'en')) : page;
