/** What tests see of the emulator. Field names are relied on by other folders. */

export interface ConsentItem {
  id: string;
  /** `login`: on the first consent screen. `use`: only when `scope` asks for it. */
  when: 'login' | 'use';
  required: boolean;
}

/** One Kakao application with one key. Tests may change any field between two requests. */
export interface App {
  clientId: string;
  /** `js` keys carry no secret and are held to `domains`; `rest` keys are for back ends. */
  keyType: 'js' | 'rest';
  clientSecret: string | null;
  adminKey: string;
  appId: number;
  linkMode: 'auto' | 'manual';
  fixedUserId: boolean;
  /** False: Kakao Login is switched off (KOE004). */
  loginEnabled: boolean;
  /** Names of the accounts a test app lets in (KOE005 for others); null: everyone. */
  members: string[] | null;
  redirectUris: string[];
  logoutRedirectUris: string[];
  /** Origins registered for the JavaScript SDK. */
  domains: string[];
  callbackUrl: string | null;
  callbackMethod: 'GET' | 'POST';
  scopes: ConsentItem[];
  serviceTerms: string[];
  oidc: boolean;
  accessTokenSeconds: number;
}

/** One Kakao account. Everything but `name` is a canary. */
export interface Account {
  name: string;
  email: string;
  phone: string;
  nickname: string;
  password: string;
  birthday: string;
  address: string;
}

export type CutReason = 'INCOMPLETE_SIGN_UP' | 'UNLINK' | 'UNLINK_FROM_APPS';

/** The life of one link between an account and an app. Instants are epoch ms. */
export interface LinkTruth {
  clientId: string;
  account: string;
  userId: number;
  state: 'incomplete' | 'complete' | 'unlinked';
  linkedAt: number;
  completedAt: number | null;
  completedBy: { method: string; path: string } | null;
  /** First completing call that came after the window; it changes nothing. */
  lateAt: number | null;
  unlinkedAt: number | null;
  because: CutReason | null;
}

/** One unlink callback as it went out. */
export interface Delivered {
  at: number;
  clientId: string;
  method: 'GET' | 'POST';
  url: string;
  body: Record<string, string>;
  /** Status of the receiver; null when nothing answered within 3 seconds. */
  status: number | null;
}

export interface RequestLogEntry {
  at: number;
  method: string;
  host: string;
  path: string;
  status: number;
}

export interface ForcedAnswer {
  status: number;
  code: number;
  [field: string]: unknown;
}

export interface Emulator {
  port: number;
  proxyPort: number;
  hosts: readonly string[];
  /** PEM of the authority that signed the certificate of all hosts, and base64 SHA-256 of that one’s public key. */
  certificate: { pem: string; spki: string };
  now(): number;
  advance(ms: number): void;
  apps: Map<string, App>;
  accounts: Map<string, Account>;
  /** The newest link of each (app, account). */
  truth(): LinkTruth[];
  /** Every link there ever was, oldest first. */
  history(): LinkTruth[];
  runDailyJob(): Promise<number>;
  /** The user removes the app on Kakao's connected-services page. False: there was no link. */
  unlinkFromApps(clientId: string, account: string): Promise<boolean>;
  callbacks: Delivered[];
  answerNext(path: string, answer: ForcedAnswer, times?: number): void;
  /**
   * Gives a loopback HTTP server the address `https://<host>`; do it before a browser starts. Throws unless `host` is a
   * free name under shop.test.
   */
  addSite(host: string, port: number): void;
  requests: RequestLogEntry[];
  /** Every answer waits for this before it leaves, so that a test can act between any two; null ends it. */
  holdAnswers(until: ((request: RequestLogEntry) => Promise<void>) | null): void;
  canaries: readonly string[];
  /** Hosts the proxy turned away, for "no outbound traffic" assertions. */
  refused: readonly string[];
  close(): Promise<void>;
}
