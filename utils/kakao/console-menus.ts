import type { ConsolePlace } from './console.ts';
import { DOCS } from './docs-links.ts';

/** Turning Kakao Login on and off. */
export const LOGIN_SWITCH: ConsolePlace = {
  menu: ['카카오 로그인', '사용 설정'],
  english: ['Kakao Login', 'Enable'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '활성화 설정'],
  docs: DOCS.prerequisite,
};

/** Redirect URIs, per key. */
export const REDIRECT_URIS: ConsolePlace = {
  menu: ['앱', '플랫폼 키', 'REST API 키 / JavaScript 키', '카카오 로그인 리다이렉트 URI'],
  english: ['App', 'Platform key', 'REST API key / JavaScript key', 'Redirect URI'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', 'Redirect URI'],
  docs: DOCS.prerequisite,
};

/** Logout redirect URIs. */
export const LOGOUT_URIS: ConsolePlace = {
  menu: ['카카오 로그인', '고급', '로그아웃 리다이렉트 URI'],
  english: ['Kakao Login', 'Advanced', 'Logout redirect URI'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '고급', 'Logout Redirect URI'],
  docs: DOCS.prerequisite,
};

/** App keys; also where each key's domains, bundles and key hashes are registered. */
export const PLATFORM_KEYS: ConsolePlace = {
  menu: ['앱', '플랫폼 키'],
  english: ['App', 'Platform key'],
  menuBefore: ['내 애플리케이션', '앱 설정', '플랫폼 / 앱 키'],
  docs: DOCS.app,
};

/** The client secret of a REST API key. */
export const CLIENT_SECRET: ConsolePlace = {
  menu: ['앱', '플랫폼 키', 'REST API 키', '클라이언트 시크릿'],
  english: ['App', 'Platform key', 'REST API key', 'Client secret'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '보안', 'Client Secret'],
  docs: DOCS.prerequisite,
};

/** Which personal data the app may ask consent for. */
export const CONSENT_ITEMS: ConsolePlace = {
  menu: ['카카오 로그인', '동의항목'],
  english: ['Kakao Login', 'Consent items'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '동의항목'],
  docs: DOCS.prerequisite,
};

/** Who may use a test app. */
export const MEMBERS: ConsolePlace = {
  menu: ['앱', '멤버'],
  english: ['App', 'Members'],
  menuBefore: ['내 애플리케이션', '앱 설정', '팀 관리'],
  docs: DOCS.app,
};

/** Applying for an API that not every app may use. */
export const PERMISSIONS: ConsolePlace = {
  menu: ['앱', '추가 기능 신청'],
  english: ['App', 'Request additional features'],
  menuBefore: ['내 애플리케이션', '앱 설정', '앱 권한 신청'],
  docs: DOCS.permission,
};
