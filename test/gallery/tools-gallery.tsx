import { startToolsPanel } from '../../components/devtools/tools-panel.tsx';
import { TOOLS_STATES, toolsPorts } from './tools-states.ts';

const query = new URLSearchParams(location.search);
const state = TOOLS_STATES[query.get('state') ?? ''];
const root = document.getElementById('root');
if (!state || !root) throw new Error('no such state');
startToolsPanel(root, toolsPorts(state, query.get('lang') ?? 'en'));

function press(key: string): void {
  document
    .getElementById('rows')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

setTimeout(() => {
  const filter = document.querySelector<HTMLInputElement>('[data-testid="filter"]');
  if (filter && state.filter) {
    filter.value = state.filter;
    filter.dispatchEvent(new Event('input', { bubbles: true }));
  }
  state.keys?.forEach((key, i) => setTimeout(() => press(key), 30 * i));
}, 50);
