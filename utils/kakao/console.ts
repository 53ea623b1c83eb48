import { DOCS } from './docs-links.ts';

/** A place in Kakao's developer console: its menu path today and before, and Kakao's page about it. */
export interface ConsolePlace {
  /** Menu names in Korean, outermost first, as the console shows them. */
  menu: readonly string[];
  /** The same names in English. */
  english: readonly string[];
  /** The same place in the console before it was rearranged. */
  menuBefore: readonly string[];
  /** Kakao's page about it. */
  docs: string;
}

/** The way to a place through the menus, in Korean; with the English names before it for whom reads English. */
export function menuPath({ menu, english }: ConsolePlace, language: 'en' | 'ko'): string {
  const korean = menu.join(' > ');
  return language === 'ko' ? korean : `${english.join(' > ')} (${korean})`;
}

/** Kakao's developer console. */
export const CONSOLE_URL = 'https://developers.kakao.com/console/app';
/** The notice that made the rule. */
export const NOTICE_URL = DOCS.notice;
/** Sends a sample unlink webhook, so the receiver can be tried without waiting a day. */
export const WEBHOOK_TEST_URL = DOCS.webhookTest;

/** Auto-link. Apps that do not show the option use auto-link. */
export const AUTO_LINK: ConsolePlace = {
  menu: ['카카오 로그인', '고급', '로그인 시 앱 자동 연결'],
  english: ['Kakao Login', 'Advanced', 'Auto-link with an app when logging in'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '로그인시 앱 자동 연결'],
  docs: DOCS.prerequisite,
};

/** Fixed User ID. Off only in apps older than 2018-09-19 that never switched it on. */
export const FIXED_USER_ID: ConsolePlace = {
  menu: ['카카오 로그인', '고급', '사용자 아이디 고정'],
  english: ['Kakao Login', 'Advanced', 'Fixed User ID'],
  menuBefore: ['내 애플리케이션', '제품 설정', '카카오 로그인', '고급', '사용자 아이디 고정'],
  docs: DOCS.userIds,
};

/** The unlink webhook, once called unlink callback. */
export const UNLINK_WEBHOOK: ConsolePlace = {
  menu: ['앱', '웹훅', '연결 해제 웹훅'],
  english: ['App', 'Webhook', 'Unlink webhook'],
  menuBefore: ['카카오 로그인', '연결 끊기'],
  docs: DOCS.callback,
};
