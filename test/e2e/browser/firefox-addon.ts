// Functions that run inside Firefox with its own rights, through `inBrowserScope`. Each must stand
// alone: nothing from outside its body is there.

interface Permissions {
  permissions: string[];
  origins: string[];
  data_collection?: string[];
}
interface Extension {
  views: Iterable<{ viewType: string; contextId: string }>;
  backgroundState: string;
  terminateBackground(options: object): Promise<void>;
}
interface Policy {
  active: boolean;
  extension: Extension;
  allowedOrigins: { patterns: { pattern: string }[] };
}
interface Modules {
  ExtensionPermissions: Record<
    'add' | 'remove',
    (id: string, permissions: Permissions, extension: Extension) => Promise<void>
  >;
  require(path: 'devtools/client/framework/devtools'): {
    gDevTools: { showToolboxForTab(tab: object, options: { toolId: string }): Promise<unknown> };
  };
  AddonManager: {
    getAddonByID(id: string): Promise<Record<'reload' | 'disable' | 'enable', () => Promise<void>>>;
  };
}

declare const WebExtensionPolicy: { getByID(id: string): Policy };
declare const ChromeUtils: { importESModule(url: string): Modules };
declare const Services: {
  cookies: { removeAll(): void };
  prefs: { setIntPref(name: string, value: number): void };
  wm: {
    getMostRecentWindow(type: string): { SidebarController: { show(id: string): Promise<void> } };
  };
};
declare const Components: {
  classes: Record<
    '@mozilla.org/security/x509certdb;1',
    { getService(of: object): { addCertFromBase64(base64: string, trust: string): void } }
  >;
  interfaces: { nsIX509CertDB: object };
};
declare const gBrowser: { selectedTab: object; selectedBrowser: { focus(): void } };
declare const OpenBrowserWindow: (options: { private: boolean }) => void;

/** The state of the event page: `running`, `stopped`, …; null while the add-on is not there. */
export function eventPageState(id: string): string | null {
  const policy: Policy | null = WebExtensionPolicy.getByID(id);
  return policy?.active ? policy.extension.backgroundState : null;
}

/** Ends the event page as the idle timer would. */
export async function endEventPage(id: string): Promise<void> {
  const { extension } = WebExtensionPolicy.getByID(id);
  await extension.terminateBackground({
    ignoreDevToolsAttached: true,
    disableResetIdleForTest: true,
  });
}

/** Adds or removes access to match patterns, as the add-on manager's switches do. */
export async function changeAccess(change: {
  id: string;
  give: boolean;
  origins: string[];
}): Promise<void> {
  const { ExtensionPermissions } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  );
  const { extension } = WebExtensionPolicy.getByID(change.id);
  const permissions = { permissions: [], origins: change.origins, data_collection: [] };
  if (change.give) await ExtensionPermissions.add(change.id, permissions, extension);
  else await ExtensionPermissions.remove(change.id, permissions, extension);
}

/** The match patterns the add-on may reach, its own pages left out. */
export function accessOf(id: string): string[] {
  const patterns = WebExtensionPolicy.getByID(id).allowedOrigins.patterns;
  const all = patterns.map((entry) => entry.pattern);
  return [...new Set(all)].filter((pattern) => !pattern.startsWith('moz-extension:'));
}

/** Lets the add-on into private windows; it starts anew by that. */
export async function allowPrivate(id: string): Promise<void> {
  const { ExtensionPermissions } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionPermissions.sys.mjs',
  );
  const { AddonManager } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  const { extension } = WebExtensionPolicy.getByID(id);
  const permission = { permissions: ['internal:privateBrowsingAllowed'], origins: [] };
  await ExtensionPermissions.add(id, permission, extension);
  await (await AddonManager.getAddonByID(id)).reload();
}

/** Switches the add-on off and on again, as the add-on manager's switch does. */
export async function switchOffAndOn(id: string): Promise<void> {
  const { AddonManager } = ChromeUtils.importESModule(
    'resource://gre/modules/AddonManager.sys.mjs',
  );
  const addon = await AddonManager.getAddonByID(id);
  await addon.disable();
  await addon.enable();
}

/** Opens a private window. */
export function openPrivateWindow(): void {
  OpenBrowserWindow({ private: true });
}

/** Takes an authority (PEM) into this profile as one that vouches for sites. */
export function trustAuthority(pem: string): void {
  const base64 = pem.replaceAll(/-----[^-]+-----|\s/g, '');
  const service = Components.classes['@mozilla.org/security/x509certdb;1'];
  service.getService(Components.interfaces.nsIX509CertDB).addCertFromBase64(base64, 'C,,');
}

/** Sets preferences whose values are whole numbers. */
export function setIntegerPrefs(prefs: Record<string, number>): void {
  for (const [name, value] of Object.entries(prefs)) Services.prefs.setIntPref(name, value);
}

/** Removes all cookies. */
export function removeCookies(): void {
  Services.cookies.removeAll();
}

/** Shows the sidebar of an add-on in the front window. */
export async function openSidebar(id: string): Promise<void> {
  const name = `${id.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '_')}-sidebar-action`;
  await Services.wm.getMostRecentWindow('navigator:browser').SidebarController.show(name);
}

/** Opens the developer tools of the tab in front. */
export async function openTools(): Promise<void> {
  const loader = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = loader.require('devtools/client/framework/devtools');
  await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'webconsole' });
}

/** The ids of the add-on's pages that run in developer tools. */
export function toolsPages(id: string): string[] {
  const { views } = WebExtensionPolicy.getByID(id).extension;
  return [...views]
    .filter((view) => view.viewType === 'devtools_page')
    .map((view) => view.contextId);
}

/** Gives the keyboard to the page in front: one shown in a tab that was there before does not have it. */
export function focusPage(): void {
  gBrowser.selectedBrowser.focus();
}
