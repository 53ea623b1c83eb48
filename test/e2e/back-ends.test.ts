import { afterAll, expect, test } from 'vitest';
import { APPS } from '../emulator/index.ts';
import { startRecipeShop, type RecipeShop } from '../recipes/start-recipe-shop.ts';
import { HOUR, letPass } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { cardsWhen } from './popup.ts';
import { leaveKakao, press, settled, walkKakao } from './walk.ts';

/** Real back ends: two that report what they do, and one of the same kind that does not. */
const REPORTING = ['https://passport.shop.test', 'https://authjs.shop.test'];
const DARK = 'https://dark.shop.test';

const shops: RecipeShop[] = [];

inEachBrowser(
  'real back ends',
  { grants: [...REPORTING, DARK] },
  (lab) => {
    afterAll(async () => {
      await Promise.all(shops.splice(0).map((shop) => shop.close()));
    });

    test('those that report complete, the dark one is unseen, side by side', async () => {
      for (const [site, account] of [
        [REPORTING[0], 'alice'],
        [REPORTING[1], 'bob'],
        [DARK, 'carol'],
      ] as const) {
        const page = await lab.browser.newPage();
        await leaveKakao(page);
        await page.goto(site ?? '');
        await press(page, 'login');
        await lab.browser.waitForPage('https://accounts.kakao.com/');
        await walkKakao(page, { account });
        await settled(page);
        await page.close();
      }
      const states = lab.emulator.truth().map((l) => [l.clientId === APPS.server, l.state]);
      expect(states).toEqual(Array.from({ length: 3 }, () => [true, 'complete']));
      const by = (site: string, cards: { site: string }[]) =>
        cards.filter((c) => `https://${c.site}` === site);
      const cards = await cardsWhen(
        lab.browser,
        (c) => c.length === 3 && c.filter((x) => x.verdict === 'complete').length === 2,
      );
      for (const site of REPORTING)
        expect(by(site, cards)).toMatchObject([
          { verdict: 'complete', visibility: 'server-reported' },
        ]);
      expect(by(DARK, cards)).toMatchObject([{ verdict: 'pending', visibility: 'none' }]);
      await letPass(lab.browser, 30 * HOUR);
      const later = await cardsWhen(lab.browser, (c) => c.some((x) => x.verdict === 'unseen'));
      expect(by(DARK, later)).toMatchObject([{ verdict: 'unseen', visibility: 'none' }]);
    });
  },
  async (emulator) => {
    shops.push(
      await startRecipeShop('passport', emulator, { report: true }),
      await startRecipeShop('authjs', emulator, { report: true }),
      await startRecipeShop('passport', emulator, { report: false, host: 'dark.shop.test' }),
    );
  },
);
