import { startPopup } from '../../components/popup/popup.tsx';
import { fakePorts } from '../unit/components/popup-fixtures.ts';
import { STATES } from './states.ts';

const query = new URLSearchParams(location.search);
const state = STATES[query.get('state') ?? 'every'];
const root = document.getElementById('root');
if (!state || !root) throw new Error('no such state');
const { ports } = fakePorts(state.data, { locale: query.get('lang') ?? 'en', ...state.ports });
document.documentElement.dataset['view'] = ports.view;
startPopup(root, ports);

/** Opens what the state wants open, those within others last. */
function openAll(selector: string): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(selector))
    details.open = true;
}
const { open } = state;
if (open) setTimeout(() => openAll(open), 100);
