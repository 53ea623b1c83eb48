import axeCore from 'axe-core';
import type { Page } from 'puppeteer-core';

declare const axe: {
  run(
    context: Document,
    options: object,
  ): Promise<Record<'violations' | 'incomplete' | 'passes', Finding[]>>;
};
interface Finding {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What to look at in a theme: all in the light one, and in the dark one what another theme can change. */
export const rulesIn = (dark: boolean) => (dark ? ['color-contrast'] : undefined);

/** The themes to look at in a language: another one changes no colour. */
export const themesIn = (lang: 'en' | 'ko') => (lang === 'en' ? [false, true] : [false]);

/** What axe objects to on a page, a line each: the rule, why, and where. With `only`, by these rules alone. */
export async function violations(page: Page, only?: string[]): Promise<string[]> {
  // The page's own policy forbids scripts from elsewhere; what the driver evaluates is not bound by it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
  return page.evaluate(async (rules) => {
    const { violations: found, passes } = await axe.run(document, {
      resultTypes: ['violations', 'passes'],
      ...(rules ? { runOnly: rules } : {}),
    });
    if (passes.length < (rules?.length ?? 10)) return [`only ${passes.length} rules applied`];
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map((n) => `${id}: ${help} — ${n.html} — ${n.failureSummary ?? ''}`),
    );
  }, only);
}
