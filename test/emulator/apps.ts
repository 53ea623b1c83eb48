import type { App, ConsentItem } from './contract.ts';
import { SHOPS } from './hosts.ts';

/** Keys of the apps that every emulator starts with. Made up; 32 hex digits as Kakao's are. */
export const APPS = {
  /** page.shop.test, page2.shop.test and worker.shop.test, JavaScript key, auto link. */
  page: 'a1f0c3d25b7e48d99c10e6f2b3a4d501',
  /** frame.shop.test, JavaScript key, SDK v1. */
  frame: 'b2e1d4c36a8f49e0ad21f703c4b5e602',
  /** popup.shop.test, JavaScript key, login in a popup. */
  popup: 'c3d2e5b47990500fbe3208f4d5c6f713',
  /** server.shop.test, REST key with client secret. */
  server: 'd4c3f6a58aa16120cf4319e5e6d70824',
  /** manual.shop.test, JavaScript key, manual link. */
  manual: 'e5b4079699b27231d0542af6f7e81935',
  /** Manual link for server.shop.test (`/login?app=…`). */
  serverManual: 'f6a518a7a8c38342e1653b0708f92a46',
  /** Fixed User ID off, for page.shop.test (`?app=…`). */
  floating: '07962b98b9d49453f2764c1819a03b57',
  /** Kakao Login switched off (KOE004), for page.shop.test. */
  off: '18873ca9c8e5a56403875d292ab14c68',
  /** A test app that admits only alice (KOE005), for page.shop.test. */
  membersOnly: '29784dbad7f6b67514986e3a3bc25d79',
} as const;

const CONSENT: readonly ConsentItem[] = [
  { id: 'profile_nickname', when: 'login', required: true },
  { id: 'profile_image', when: 'login', required: false },
  { id: 'account_email', when: 'login', required: false },
  { id: 'phone_number', when: 'login', required: false },
  { id: 'friends', when: 'login', required: false },
  { id: 'shipping_address', when: 'login', required: false },
  { id: 'plusfriends', when: 'login', required: false },
  { id: 'talk_message', when: 'use', required: false },
  { id: 'birthday', when: 'use', required: false },
];

const origin = (host: string): string => `https://${host}`;

/** An app with a JavaScript key for sites on `hosts`; `change` replaces any of its fields. */
export function jsApp(
  clientId: string,
  appId: number,
  hosts: string[],
  change: Partial<App> = {},
): App {
  const origins = hosts.map(origin);
  return {
    clientId,
    keyType: 'js',
    clientSecret: null,
    adminKey: '',
    appId,
    linkMode: 'auto',
    fixedUserId: true,
    loginEnabled: true,
    members: null,
    redirectUris: origins.map((o) => `${o}/cb`),
    logoutRedirectUris: origins.map((o) => `${o}/`),
    domains: origins,
    callbackUrl: null,
    callbackMethod: 'POST',
    scopes: CONSENT.map((item) => ({ ...item })),
    serviceTerms: ['marketing_push', 'privacy_third_party'],
    oidc: true,
    accessTokenSeconds: 7199,
    ...change,
  };
}

const restApp = (clientId: string, appId: number, change: Partial<App> = {}): App =>
  jsApp(clientId, appId, [SHOPS.server], {
    keyType: 'rest',
    domains: [],
    accessTokenSeconds: 21599,
    callbackUrl: `${origin(SHOPS.server)}/kakao/unlink`,
    ...change,
  });

/** The apps of a fresh emulator by client id; `secret` makes the admin keys and client secrets. */
export function defaultApps(secret: (prefix: string) => string): Map<string, App> {
  const page = [SHOPS.page];
  const apps = [
    jsApp(APPS.page, 910001, [SHOPS.page, SHOPS.page2, SHOPS.worker], {
      callbackUrl: `${origin(SHOPS.server)}/kakao/unlink`,
      callbackMethod: 'GET',
    }),
    jsApp(APPS.frame, 910002, [SHOPS.frame]),
    jsApp(APPS.popup, 910003, [SHOPS.popup]),
    restApp(APPS.server, 910004, { clientSecret: secret('CS') }),
    jsApp(APPS.manual, 910005, [SHOPS.manual], { linkMode: 'manual' }),
    restApp(APPS.serverManual, 910006, { linkMode: 'manual' }),
    jsApp(APPS.floating, 910007, page, { fixedUserId: false }),
    jsApp(APPS.off, 910008, page, { loginEnabled: false }),
    jsApp(APPS.membersOnly, 910009, page, { members: ['alice'] }),
  ];
  for (const app of apps) app.adminKey = secret('ADMIN');
  return new Map(apps.map((app) => [app.clientId, app]));
}
