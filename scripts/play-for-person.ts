import { launch } from '../test/e2e/browser/launch.ts';
import type { Play } from './play-session.ts';
import { stayOpen } from './stay-open.ts';

const STEPS = [
  'The browser that has just opened carries Linkwatch and an emulated Kakao. The shop is in front.',
  '  1. Click the Linkwatch icon (in the puzzle-piece menu) and press “Watch this site”.',
  '  2. Press “로그인 / login” in the shop, choose an account, agree.',
  '  3. Open Linkwatch again: the login counts down. Press “사용자 정보 / user info” and watch it turn complete.',
  '  More shops: https://manual.shop.test  https://server.shop.test  https://popup.shop.test  https://frame.shop.test',
  'Ctrl-C here, or closing the browser, ends everything.',
];

/** Opens a visible browser with the shop in front and stays until it is closed or interrupted. */
export async function playForPerson({ name, extensionDir, emulator }: Play): Promise<void> {
  const browser = await launch(name, {
    extensionDir,
    emulator,
    headless: false,
    handleSignals: false,
  });
  await browser.newPage('https://page.shop.test/');
  for (const step of STEPS) console.log(step);
  await stayOpen(browser);
  await browser.close().catch(() => {});
}
