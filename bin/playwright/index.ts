import {
  expect as baseExpect,
  test as baseTest,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import {
  chromiumArguments,
  saveCertificate,
  startKakaoServer,
  type KakaoServer,
} from '../emulator/kakao-server.ts';
import { createEmptyKakao } from '../emulator/setup.ts';
import { createKakaoControl, type KakaoControl } from './control.ts';
import type { Judgement } from './judge.ts';
import type { CompleteOptions, KakaoTestArgs, KakaoWorkerArgs } from './types.ts';

/** What the fixtures share and no test sees. */
interface Inner {
  kakaoServer: KakaoServer;
}

/** Who judges a context. */
const controls = new WeakMap<BrowserContext, KakaoControl>();

/** Playwright's `test`, with the fixtures of `types.ts`. */
export const test = baseTest.extend<KakaoTestArgs, KakaoWorkerArgs & Inner>({
  kakaoPort: [0, { scope: 'worker', option: true }],
  kakaoServer: [
    async ({ kakaoPort }, use) => {
      const server = await startKakaoServer({ kakao: createEmptyKakao() }, { port: kakaoPort });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  kakaoUrl: [({ kakaoServer }, use) => use(kakaoServer.url), { scope: 'worker' }],
  kakaoCertificate: [
    async ({ kakaoServer }, use) => {
      const { file, remove } = await saveCertificate(kakaoServer);
      await use(file);
      await remove();
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ launchOptions, kakaoServer, browserName }, use) => {
      if (browserName !== 'chromium')
        throw new Error(`linkwatch/playwright works in Chromium only, not in ${browserName}`);
      const args = [...(launchOptions.args ?? []), ...chromiumArguments(kakaoServer)];
      await use({ ...launchOptions, args });
    },
    { scope: 'worker' },
  ],
  kakao: async ({ context, kakaoServer, launchOptions }, use) => {
    if (!isSentTo(kakaoServer, launchOptions.args))
      throw new Error(
        'launchOptions of a test file take the place of those that send the browser to the emulated Kakao; give them in the configuration instead',
      );
    const state = createEmptyKakao();
    const control = createKakaoControl(state);
    const { kakao } = control;
    const watch = (another: BrowserContext) => {
      controls.set(another, control);
      kakao.watch(another);
    };
    watch(context);
    kakaoServer.use({ kakao: state, onExchange: control.onExchange });
    await use({ ...kakao, watch });
    kakaoServer.use({ kakao: createEmptyKakao() });
  },
});

/** Whether a browser with these arguments goes to the emulated Kakao and not to the real one. */
function isSentTo(server: KakaoServer, args: readonly string[] = []): boolean {
  return chromiumArguments(server).every((argument) => args.includes(argument));
}

const TIMEOUT_MS = 5000;
const PAUSE_MS = 100;

/** Playwright's `expect`, with the matchers of `types.ts`. */
export const expect = baseExpect.extend({
  async toCompleteFirstLogin(page: Page, { timeout = TIMEOUT_MS }: CompleteOptions = {}) {
    const control = controls.get(page.context());
    if (!control)
      throw new Error('toCompleteFirstLogin needs the fixture kakao, or kakao.watch(context)');
    const until = Date.now() + timeout;
    // `not` holds where one could not be seen, or was only likely missed, too. Neither holds where one is only likely
    // complete, or none was judged.
    const isWanted = ({ isComplete, isIncomplete }: Judgement) =>
      this.isNot ? isIncomplete : isComplete;
    let judgement = await control.judge(page.context());
    while (!isWanted(judgement) && Date.now() < until) {
      await new Promise((done) => setTimeout(done, PAUSE_MS));
      judgement = await control.judge(page.context());
    }
    return {
      pass: isWanted(judgement) !== this.isNot,
      name: 'toCompleteFirstLogin',
      message: () =>
        `Every first login was ${this.isNot ? 'not ' : ''}expected to be completed in time.\n\n${judgement.text}`,
    };
  },
});
