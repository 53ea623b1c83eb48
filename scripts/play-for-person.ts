import { launch } from '../test/e2e/browser/launch.ts';
import type { Play } from './play-session.ts';
import { stayOpen } from './stay-open.ts';

const STEPS = [
  'The browser that has just opened shows a shop, an emulated Kakao behind it, and Linkwatch in the side panel.',
  '  1. Click the Linkwatch icon in the toolbar and press “Watch this site”.',
  '  2. Press “카카오 로그인 / Log in with Kakao” in the shop, choose an account, agree: the login counts down.',
  '  3. Press “사용자 정보 / user info” and watch it turn complete.',
  '  More shops: https://manual.shop.test  https://server.shop.test  https://popup.shop.test  https://frame.shop.test',
  'Ctrl-C here, or closing the browser, ends everything.',
];

/** Opens a visible browser with the shop in front and stays until it is closed or interrupted. */
export async function playForPerson({ name, extensionDir, emulator }: Play): Promise<void> {
  const browser = await launch(name, {
    extensionDir,
    emulator,
    certificate: emulator.certificate,
    headless: false,
    handleSignals: false,
  });
  await browser.handOver('https://page.shop.test/');
  for (const step of STEPS) console.log(step);
  await stayOpen(browser);
  await browser.close().catch(() => {});
}
