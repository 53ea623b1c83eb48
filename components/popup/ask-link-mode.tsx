import { LinkModeQuestion } from '../shared/link-mode-question.tsx';
import { appsByNeed, appToAsk } from './app-to-ask.ts';
import { usePopup } from './popup-context.ts';

/** Asks how one app links, until somebody answers or a body shows it; one app at a time. */
export function AskLinkMode() {
  const { data, sections } = usePopup();
  const app = appToAsk(appsByNeed(sections.value), data.value?.apps ?? new Map());
  if (!app) return null;
  return <LinkModeQuestion clientId={app.clientId} as="h2" onAnswer={focusTop} />;
}

/** What was clicked goes; the focus stays near it. */
const focusTop = () => document.querySelector<HTMLElement>('h1')?.focus();
