import type { Page } from 'puppeteer-core';
import { until } from './browser/until.ts';

/** What a person answers on Kakao's pages. */
export interface KakaoAnswers {
  account?: string;
  consent?: 'agree' | 'deny';
}

/** Evaluates in a page that may be on its way elsewhere: null while it is. */
async function evaluateIfThere<T>(page: Page, read: () => T): Promise<T | null> {
  return page.evaluate(read).catch(() => null) as Promise<T | null>;
}

/** Whose page it is; null while it is on its way, which Firefox may show as a page of no address. */
const placeOf = (page: Page) =>
  evaluateIfThere(page, () => {
    const { host } = location;
    return host === '' ? null : host.endsWith('kakao.com') ? 'Kakao' : 'site';
  });

/**
 * Goes through Kakao's pages the way a person does, from wherever the page is until it is back on a site or closed. Each
 * document is answered once: which one was is kept in itself, as a click may be lost with a page that is just being left.
 */
export async function passKakao(
  page: Page,
  { account = 'alice', consent = 'agree' }: KakaoAnswers = {},
): Promise<void> {
  await until('the way through Kakao to end', async () => {
    if (page.isClosed() || (await placeOf(page)) === 'site') return true;
    await page
      .evaluate(
        (name, answer) => {
          const field = document.getElementById('user') as HTMLInputElement | null;
          const button = document.getElementById(field ? 'login' : answer);
          if (!button || button.dataset['pressed']) return;
          button.dataset['pressed'] = 'true';
          if (field) field.value = name;
          button.click();
        },
        account,
        consent,
      )
      .catch(() => {});
    return false;
  });
}

/** Presses a button of a sample shop once it is there; does not wait for what it does. */
export async function press(page: Page, id: string): Promise<void> {
  await until(`the button ${id}`, () =>
    page.evaluate(
      (name) => document.readyState === 'complete' && document.getElementById(name) !== null,
      id,
    ),
  );
  await page
    .evaluate((name) => document.getElementById(name)?.click(), id)
    .catch((error: unknown) => {
      // The click has led elsewhere before the page could answer.
      if (!/context|detached|navigat/i.test(String(error))) throw error;
    });
}

/** Waits until the shop has done what it was asked; returns its state. */
export async function shopState(page: Page): Promise<string> {
  return until('the shop to be done', async () => {
    const state = await evaluateIfThere(page, () => document.body?.dataset['state'] ?? null);
    return state === 'done' || state === 'error' ? state : null;
  });
}

/** Presses a button of a sample shop and waits until it is done; returns the shop's state. */
export async function pressAndWait(page: Page, id: string): Promise<string> {
  await press(page, id);
  return shopState(page);
}

/** Logs in on a shop that exchanges the code in its page. The page ends on the shop with its token. */
export async function logIn(page: Page, url: string, answers: KakaoAnswers = {}): Promise<string> {
  await page.goto(url);
  await press(page, 'login');
  await until(
    'Kakao',
    async () => (await placeOf(page)) !== 'site' || new URL(page.url()).pathname === '/cb',
  );
  await passKakao(page, answers);
  return shopState(page);
}

/** Logs the Kakao account out, so that the next login asks for one. */
export async function logOutOfKakao(page: Page): Promise<void> {
  await page.goto('https://accounts.kakao.com/logout');
}
