import { browser } from 'wxt/browser';

type Theme = 'light' | 'dark';

/** Chrome's way to hear of another theme; Firefox has an event. */
interface ThemedPanels {
  themeName: string;
  setThemeChangeHandler?(callback: (theme: string) => void): void;
  onThemeChanged?: { addListener(callback: (theme: string) => void): void };
}

/** The developer tools' API; none where the panel's page is shown in a tab. */
const tools = () => browser.devtools as typeof browser.devtools | undefined;

/** The browser's id of the tab that the panel is about. In a tab of its own, the page's address names it. */
export function panelTab(): number | null {
  const inspected = tools()?.inspectedWindow.tabId;
  if (inspected !== undefined) return inspected;
  const named = new URLSearchParams(location.search).get('tab');
  return named === null ? null : Number(named);
}

/** Calls back with the theme of the developer tools, and whenever it changes. Elsewhere the browser's own theme holds. */
export function followToolsTheme(callback: (theme: Theme) => void): void {
  const panels = tools()?.panels as ThemedPanels | undefined;
  if (!panels) return;
  const tell = (name: string) => callback(name === 'dark' ? 'dark' : 'light');
  tell(panels.themeName);
  if (panels.onThemeChanged) panels.onThemeChanged.addListener(tell);
  else panels.setThemeChangeHandler?.(tell);
}

/** Adds the panel to the developer tools. */
export async function addToolsPanel(title: string): Promise<void> {
  await browser.devtools.panels.create(title, 'icon/32.png', 'devtools-panel.html');
}
