import type { BrowserContext, Expect, Page, TestType } from '@playwright/test';
import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
} from '@playwright/test';

/** A Kakao application as the test needs it. */
export interface KakaoApp {
  clientId: string;
  /** One or several; an authorize request with another one is refused with KOE006. */
  redirectUri: string | string[];
  /** Default: auto. */
  linkMode?: 'auto' | 'manual';
  /** Where it is given, a token request without it is refused with KOE010. */
  clientSecret?: string;
  adminKey?: string;
  /** Origins that the JavaScript SDK may run on; default: those of the redirect URIs. */
  domains?: string[];
}

/** An account that was made for the test. */
export interface KakaoAccount {
  readonly name: string;
  readonly nickname: string;
}

/** `linked`: the link stands. `unlinked`: it was cut. `none`: there never was one. */
export type LinkState = 'linked' | 'unlinked' | 'none';

/** The emulated Kakao of one test. It forgets everything when the test ends. */
export interface Kakao {
  app(app: KakaoApp): Promise<void>;
  account(account: { nickname: string }): Promise<KakaoAccount>;
  /** On Kakao's login form, logs in. The page (or popup) must be on its way there. */
  login(page: Page, account: KakaoAccount): Promise<void>;
  /** On Kakao's consent screen, agrees to everything. */
  agree(page: Page): Promise<void>;
  /** On Kakao's consent screen, cancels: `access_denied`. */
  deny(page: Page): Promise<void>;
  /** Lets time pass for Kakao (`30m`, `25h`, `2d`), and cuts what is overdue then. */
  pass(time: string): Promise<void>;
  /** Whether the link of an account stands; `clientId` where the test has several apps. */
  linkOf(account: KakaoAccount, clientId?: string): Promise<LinkState>;
  /** Has the next call of a path fail, for example `/v2/user/me` with 400 and -10. */
  answerNext(path: string, answer: { status: number; code: number }): Promise<void>;
  /** Records another context too, for `toCompleteFirstLogin`. */
  watch(context: BrowserContext): void;
}

/** The fixture that a test is given. */
export interface KakaoTestArgs {
  kakao: Kakao;
}

/** The fixtures that the tests of a worker share. */
export interface KakaoWorkerArgs {
  /** Address of the emulated Kakao for a back end: instead of https://kauth.kakao.com and https://kapi.kakao.com. */
  kakaoUrl: string;
  /** File with the certificate for a back end that goes by `HTTPS_PROXY=kakaoUrl`. */
  kakaoCertificate: string;
  /** Fixed port of `kakaoUrl`; 0 for any free one. Several workers need one each, so only with `workers: 1`. */
  kakaoPort: number;
}

/** Playwright's `test`, with an emulated Kakao. */
export declare const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & KakaoTestArgs,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & KakaoWorkerArgs
>;

/** How `toCompleteFirstLogin` waits. */
export interface CompleteOptions {
  /** How long to wait for the completing call, in ms. Default: 5000. */
  timeout?: number;
}

/** What is expected of a page beyond Playwright's own matchers. */
export interface KakaoMatchers {
  /**
   * Every first login that the page's context made is surely complete, judged as of 25 hours later. With `not`: one is not
   * said to be complete, even if it could only not be seen.
   */
  toCompleteFirstLogin: (page: Page, options?: CompleteOptions) => Promise<MatcherResult>;
}

interface MatcherResult {
  pass: boolean;
  name?: string;
  message: () => string;
}

/** Playwright's `expect`, with these matchers. */
export declare const expect: Expect<KakaoMatchers>;
