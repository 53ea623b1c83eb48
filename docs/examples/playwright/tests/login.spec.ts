import { expect, test } from 'linkwatch/playwright';
import { startShop } from '../shop.mjs';

test('a new member is complete', async ({ page, kakao, kakaoUrl }) => {
  const shop = await startShop({ auth: kakaoUrl, api: kakaoUrl });
  await kakao.app({ clientId: shop.clientId, redirectUri: shop.redirectUri });
  const alice = await kakao.account({ nickname: 'alice' });
  await page.goto(shop.site);
  await page.getByRole('link', { name: 'Kakao' }).click();
  await kakao.login(page, alice);
  await kakao.agree(page);
  await expect(page.getByText('Welcome, alice')).toBeVisible();
  await expect(page).toCompleteFirstLogin();
  await kakao.pass('25h');
  expect(await kakao.linkOf(alice)).toBe('linked');
  shop.close();
});

test('without the completing call the link is cut', async ({ page, kakao, kakaoUrl }) => {
  const shop = await startShop({ auth: kakaoUrl, api: kakaoUrl, complete: false });
  await kakao.app({ clientId: shop.clientId, redirectUri: shop.redirectUri });
  const bob = await kakao.account({ nickname: 'bob' });
  expect(await kakao.linkOf(bob)).toBe('none');
  await page.goto(shop.site);
  await page.getByRole('link', { name: 'Kakao' }).click();
  await kakao.login(page, bob);
  await kakao.agree(page);
  await expect(page.getByText('Welcome')).toBeVisible();
  await expect(page).not.toCompleteFirstLogin();
  await kakao.pass('25h');
  expect(await kakao.linkOf(bob)).toBe('unlinked');
  shop.close();
});

test('consent can be denied', async ({ page, kakao, kakaoUrl }) => {
  const shop = await startShop({ auth: kakaoUrl, api: kakaoUrl });
  await kakao.app({ clientId: shop.clientId, redirectUri: shop.redirectUri });
  const carol = await kakao.account({ nickname: 'carol' });
  await page.goto(shop.site);
  await page.getByRole('link', { name: 'Kakao' }).click();
  await kakao.login(page, carol);
  await kakao.deny(page);
  await expect(page.getByText('Not logged in: access_denied')).toBeVisible();
  expect(await kakao.linkOf(carol)).toBe('none');
  shop.close();
});
