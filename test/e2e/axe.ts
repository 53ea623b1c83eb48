import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

/** What another theme than the light one can change. */
export const THEME_RULES = ['color-contrast'];

/** What axe objects to on a page, a line each: the rule, why, and where. With `only`, by these rules alone. */
export async function violations(page: Page, only?: string[]): Promise<string[]> {
  // The page's own policy forbids scripts from elsewhere; what the driver evaluates is not bound by it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  return page.evaluate(async (rules) => {
    const { violations: found, passes } = await axe.run(document, {
      resultTypes: ['violations', 'passes'],
      // No rule that applies here reads the style sheets.
      preload: false,
      ...(rules ? { runOnly: rules } : {}),
    });
    if (passes.length < (rules?.length ?? 10)) return [`only ${passes.length} rules applied`];
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map((n) => `${id}: ${help} — ${n.html} — ${n.failureSummary ?? ''}`),
    );
  }, only);
}
