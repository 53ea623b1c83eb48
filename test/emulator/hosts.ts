export const KAUTH = 'kauth.kakao.com';
export const ACCOUNTS = 'accounts.kakao.com';
export const KAPI = 'kapi.kakao.com';
/** Where pages load the SDK from: v2 and v1. */
export const CDN = 't1.kakaocdn.net';
export const DEVELOPERS = 'developers.kakao.com';

export const SHOPS = {
  page: 'page.shop.test',
  /** A second site of the app of `page`. */
  page2: 'page2.shop.test',
  /** A third one, whose service worker passes on what its pages ask for. */
  worker: 'worker.shop.test',
  manual: 'manual.shop.test',
  popup: 'popup.shop.test',
  frame: 'frame.shop.test',
  server: 'server.shop.test',
} as const;

export const HOSTS: readonly string[] = [
  KAUTH,
  ACCOUNTS,
  KAPI,
  CDN,
  DEVELOPERS,
  ...Object.values(SHOPS),
];
