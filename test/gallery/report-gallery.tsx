import { startReport } from '../../components/report/report-page.tsx';
import { REPORT_STATES } from './report-states.ts';
import { storyReport } from './story.ts';

const query = new URLSearchParams(location.search);
const state = REPORT_STATES[query.get('state') ?? ''];
const root = document.getElementById('root');
const print = document.getElementById('print');
if (!state || !root || !print) throw new Error('no such state');
history.replaceState(null, '', `#${state.hash}`);
startReport(root, print, storyReport(query.get('lang') ?? 'en'));

/** Types a text into the search. */
function searchFor(text: string): void {
  const field = document.querySelector<HTMLInputElement>('[data-field="search"]');
  if (!field) throw new Error('no search');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Opens what a selector names. */
function openAll(selector: string): void {
  for (const part of document.querySelectorAll<HTMLDetailsElement>(selector)) part.open = true;
}

const { search, open } = state;
setTimeout(() => {
  if (search) searchFor(search);
  if (open) openAll(open);
}, 100);
