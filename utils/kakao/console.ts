/** A place in Kakao's developer console: its menu path as it is named today, as it was before, and what Kakao says of it. */
export interface ConsolePlace {
  /** Menu names in Korean, outermost first, as the console shows them. */
  menu: readonly string[];
  /** The same place in the console before it was rearranged. */
  menuBefore: readonly string[];
  /** Kakao's page about it. */
  docs: string;
}

/** Where Kakao's console is. */
export const CONSOLE_URL = 'https://developers.kakao.com/console/app';
/** The notice that made the rule. */
export const NOTICE_URL =
  'https://devtalk.kakao.com/t/notice-unlink-for-users-who-have-not-completed-a-signup/111463';
/** Sends a sample unlink webhook, so the receiver can be tried without waiting a day. */
export const WEBHOOK_TEST_URL = 'https://developers.kakao.com/docs/latest/ko/tool/webhook-test';

const DOCS = 'https://developers.kakao.com/docs/latest/ko/kakaologin';

/** Auto-link. Apps that do not show the option use auto-link. */
export const AUTO_LINK: ConsolePlace = {
  menu: ['카카오 로그인', '고급', '로그인 시 앱 자동 연결'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '로그인시 앱 자동 연결'],
  docs: `${DOCS}/prerequisite`,
};

/** Fixed User ID. Off only in apps older than 2018-09-19 that never switched it on. */
export const FIXED_USER_ID: ConsolePlace = {
  menu: ['카카오 로그인', '고급', '사용자 아이디 고정'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '고급', '사용자 아이디 고정'],
  docs: 'https://devtalk.kakao.com/t/faq-id/117110',
};

/** The unlink webhook, once called unlink callback. */
export const UNLINK_WEBHOOK: ConsolePlace = {
  menu: ['앱', '웹훅', '연결 해제 웹훅'],
  menuBefore: ['카카오 로그인', '연결 끊기'],
  docs: `${DOCS}/callback`,
};

/** Turning Kakao Login on and off. */
export const LOGIN_SWITCH: ConsolePlace = {
  menu: ['카카오 로그인', '사용 설정'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '활성화 설정'],
  docs: `${DOCS}/prerequisite`,
};

/** Redirect URIs, per key. */
export const REDIRECT_URIS: ConsolePlace = {
  menu: ['앱', '플랫폼 키', 'REST API 키 / JavaScript 키', '카카오 로그인 리다이렉트 URI'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', 'Redirect URI'],
  docs: `${DOCS}/prerequisite`,
};

/** Logout redirect URIs. */
export const LOGOUT_URIS: ConsolePlace = {
  menu: ['카카오 로그인', '고급', '로그아웃 리다이렉트 URI'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '고급', 'Logout Redirect URI'],
  docs: `${DOCS}/prerequisite`,
};

/** App keys; also where each key's domains, bundles and key hashes are registered. */
export const PLATFORM_KEYS: ConsolePlace = {
  menu: ['앱', '플랫폼 키'],
  menuBefore: ['내 애플리케이션', '앱 설정', '플랫폼 / 앱 키'],
  docs: 'https://developers.kakao.com/docs/latest/ko/app-setting/app',
};

/** The client secret of a REST API key. */
export const CLIENT_SECRET: ConsolePlace = {
  menu: ['앱', '플랫폼 키', 'REST API 키', '클라이언트 시크릿'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '보안', 'Client Secret'],
  docs: `${DOCS}/prerequisite`,
};

/** Which personal data the app may ask consent for. */
export const CONSENT_ITEMS: ConsolePlace = {
  menu: ['카카오 로그인', '동의항목'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '동의항목'],
  docs: `${DOCS}/prerequisite`,
};

/** Who may use a test app. */
export const MEMBERS: ConsolePlace = {
  menu: ['앱', '멤버'],
  menuBefore: ['내 애플리케이션', '앱 설정', '팀 관리'],
  docs: 'https://developers.kakao.com/docs/latest/ko/app-setting/app',
};

/** Applying for an API that not every app may use. */
export const PERMISSIONS: ConsolePlace = {
  menu: ['앱', '추가 기능 신청'],
  menuBefore: ['내 애플리케이션', '앱 설정', '앱 권한 신청'],
  docs: 'https://developers.kakao.com/docs/latest/ko/getting-started/permission',
};
