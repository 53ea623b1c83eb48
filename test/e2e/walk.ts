import type { Page } from 'puppeteer-core';
import { until } from './browser/until.ts';

export interface Walk {
  account?: string;
  consent?: 'agree' | 'deny';
}

/** Evaluates in a page that may be on its way elsewhere: null while it is. */
async function look<T>(page: Page, read: () => T): Promise<T | null> {
  return page.evaluate(read).catch(() => null) as Promise<T | null>;
}

type Spot = 'form' | 'consent' | 'kakao' | 'site';

const spotOf = (page: Page) =>
  look(page, (): Spot => {
    if (!location.host.endsWith('kakao.com')) return 'site';
    if (document.getElementById('user')) return 'form';
    return document.getElementById('agree') ? 'consent' : 'kakao';
  });

/** Goes through Kakao's pages the way a person does, from wherever the page is until it is back on a site or closed. */
export async function walkKakao(page: Page, { account = 'alice', consent = 'agree' }: Walk = {}) {
  let answered = '';
  await until('the way through Kakao to end', async () => {
    if (page.isClosed()) return true;
    const spot = await spotOf(page);
    if (spot === 'site') return true;
    if (spot === answered || (spot !== 'form' && spot !== 'consent')) return false;
    answered = spot;
    const button = spot === 'form' ? 'login' : consent;
    await page
      .evaluate(
        (name, id) => {
          const field = document.getElementById('user') as HTMLInputElement | null;
          if (field) field.value = name;
          document.getElementById(id)?.click();
        },
        account,
        button,
      )
      .catch(() => {});
    return false;
  });
}

/** Clicks a button of a sample shop; does not wait for what it does. */
export async function press(page: Page, id: string): Promise<void> {
  await page.evaluate((name) => document.getElementById(name)?.click(), id);
}

/** Waits until the shop has done what it was asked; gives its state. */
export async function settled(page: Page): Promise<string> {
  return until('the shop to be done', async () => {
    const state = await look(page, () => document.body?.dataset['state'] ?? null);
    return state === 'done' || state === 'error' ? state : null;
  });
}

/** Presses a button of a sample shop and waits until it is done; gives the shop's state. */
export async function use(page: Page, id: string): Promise<string> {
  await press(page, id);
  return settled(page);
}

/** Logs in on a shop that exchanges the code in its page. The page ends on the shop with its token. */
export async function logIn(page: Page, url: string, walk: Walk = {}): Promise<string> {
  await page.goto(url);
  await press(page, 'login');
  await until(
    'Kakao',
    async () => (await spotOf(page)) !== 'site' || new URL(page.url()).pathname === '/cb',
  );
  await walkKakao(page, walk);
  return settled(page);
}

/** Logs the Kakao account out, so that the next login asks for one. */
export async function leaveKakao(page: Page): Promise<void> {
  await page.goto('https://accounts.kakao.com/logout');
}
