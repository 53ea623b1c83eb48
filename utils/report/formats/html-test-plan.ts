import type { Translate } from '../../i18n/translate.ts';
import type { Report } from '../document.ts';
import { escapeHtml } from './escape-markup.ts';
import { code, ownText } from './html-text.ts';
import { describeTestPlan, testPlanTitle, type TestPlanLine } from './test-plan-lines.ts';

const COLOURS = { yes: 'complete', likely: 'unseen', no: 'faint' } as const;

/** The test plan as HTML: each case, what shows it, and how to exercise it; empty where the report has none. */
export function testPlanHtml(report: Report, t: Translate): string {
  const plan = describeTestPlan(report, t);
  if (plan.length === 0) return '';
  return [
    `<h2>${escapeHtml(testPlanTitle(plan, t))}</h2>`,
    '<ul>',
    ...plan.map((line) => `<li>${itemHtml(line)}</li>`),
    '</ul>',
  ].join('\n');
}

function itemHtml({ seen, state, name, site, at, id, how }: TestPlanLine): string {
  const proof = [site && escapeHtml(site), at && escapeHtml(at), id && code(id)];
  const shown = proof.filter(Boolean).join(', ');
  return [
    `<strong class="${COLOURS[seen]}">${escapeHtml(state)}</strong> ${escapeHtml(name)}`,
    shown && `<br><span class="faint">${shown}</span>`,
    how && `<br>${ownText(how)}`,
  ]
    .filter(Boolean)
    .join('');
}
