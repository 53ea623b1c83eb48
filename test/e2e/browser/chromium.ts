import { launch, type Browser, type CDPSession, type Frame, type Page } from 'puppeteer-core';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import { chromiumOptions } from './chromium-options.ts';
import { allowInPrivate, keepExtension, keptExtensionId } from './chromium-profile.ts';
import type { LaunchOptions, PageLook, TestBrowser } from './contract.ts';
import { GREETING } from './greeting.ts';
import { copyProfile, openProfile, type Profile } from './profile.ts';
import { leaveSite, SpareTabs } from './spare-tabs.ts';
import { scaled, until } from './until.ts';

/** Runs in the developer tools, by their own modules: shows the panel of an extension; says whether there is one yet. */
const SHOW_EXTENSION_PANEL = `(async () => {
  const { InspectorView, ViewManager } = await import('./ui/legacy/legacy.js');
  const panels = InspectorView.InspectorView.instance().tabbedPane.tabIds();
  const panel = panels.find((id) => id.startsWith('chrome-extension:'));
  if (panel) await ViewManager.ViewManager.instance().showView(panel);
  return Boolean(panel);
})()`;

/** A file of the extension that runs none of its code. */
const INERT = 'manifest.json';

/** In functions that run on a page of the extension. */
declare const chrome: ExtensionApi;

/** What a click may be granted in a test: any site of the emulator, and notifications. */
const ASKABLE = { origins: ['https://*.shop.test/*'], permissions: ['notifications'] };

/** All workers are stopped within this time. */
const STOPS_MS = 5000;

/** Chromium, or Chrome for Testing, over the Chrome DevTools Protocol. */
export class ChromiumBrowser implements TestBrowser {
  readonly name = 'chromium';
  version = '';
  extensionUrl = '';
  readonly #program: string;
  readonly #options: LaunchOptions;
  readonly #profile: Profile;
  readonly #spare = new SpareTabs();
  /** The pages of the developer tools, by the tabs that they are about. */
  readonly #tools = new WeakMap<Page, Page>();
  #browser!: Browser;
  /** A session of the first tab, which is there from start to end. */
  #session!: CDPSession;
  /** The ids of workers' versions that are being stopped. */
  readonly #stopping = new Set<string>();
  /** A session of the browser as a whole. */
  #whole!: CDPSession;
  #home!: Page;
  #apiPage: Page | null = null;

  static async start(program: string, options: LaunchOptions): Promise<ChromiumBrowser> {
    const made = new ChromiumBrowser(program, options);
    if (options.template) made.#useInstalled();
    else await made.#install();
    await made.#open();
    for (const origin of options.grants ?? []) await made.grant(origin);
    return made;
  }

  private constructor(program: string, options: LaunchOptions) {
    this.#program = program;
    this.#options = options;
    this.#profile = options.template
      ? copyProfile(options.template)
      : openProfile(options.extensionDir, options.profileDir);
  }

  async newPage(url?: string): Promise<Page> {
    const page = await this.#spare.take('web', () => this.#openTab());
    if (url) await page.goto(url);
    return page;
  }

  leave(page: Page): Promise<void> {
    return this.#spare.put(page, (left, kind) =>
      kind === 'web' ? leaveSite(left) : left.goto(this.extensionUrl + INERT),
    );
  }

  async openExtensionPage(path: string, look: PageLook = {}): Promise<Page> {
    const page = await this.#spare.take('extension', () => this.#openTab());
    await this.setLook(page, look);
    await page.goto(this.extensionUrl + path);
    return page;
  }

  async setLook(page: Page, look: PageLook): Promise<void> {
    const { width, height } = look;
    if (width && height) await page.setViewport({ width, height });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: look.dark ? 'dark' : 'light' },
      { name: 'prefers-reduced-motion', value: look.reducedMotion ? 'reduce' : 'no-preference' },
    ]);
  }

  async openPopup(page: Page): Promise<Page> {
    const id = new URL(this.extensionUrl).host;
    const extension = (await this.#browser.extensions()).get(id);
    if (!extension) throw new Error('The extension is not there.');
    const before = new Set(await extension.pages());
    await page.bringToFront();
    await extension.triggerAction(page);
    return until('the popup', async () => (await extension.pages()).find((p) => !before.has(p)));
  }

  async openTools(page: Page): Promise<void> {
    const toolsUrl = `${this.extensionUrl}devtools.html`;
    const running = () => this.#browser.targets().filter((t) => t.url() === toolsUrl);
    // The page of tools that are just closing may still run.
    const before = running();
    this.#tools.set(page, await page.openDevTools());
    await until("the tools' page", () => running().some((target) => !before.includes(target)));
  }

  async openToolsPanel(page: Page): Promise<Frame> {
    const tools = this.#tools.get(page);
    if (!tools) throw new Error('The developer tools of the tab are not open.');
    await until('the panel’s tab', () => tools.evaluate(SHOW_EXTENSION_PANEL));
    return until('the panel', () =>
      tools.frames().find((frame) => frame.url().endsWith('/devtools-panel.html')),
    );
  }

  waitForPage(url: string, timeoutMs?: number): Promise<Page> {
    const find = async () => (await this.#browser.pages()).find((p) => p.url().startsWith(url));
    return until(`a page at ${url}`, find, timeoutMs);
  }

  async openPrivatePage(url: string): Promise<Page> {
    const before = new Set(await this.#browser.pages());
    await this.#inExtension(
      (address) => chrome.windows.create({ incognito: true, url: address }),
      url,
    );
    const opened = async () => (await this.#browser.pages()).filter((page) => !before.has(page));
    return until(`a private page at ${url}`, async () =>
      (await opened()).find((page) => page.url().startsWith(url)),
    );
  }

  async grant(origin: string): Promise<void> {
    const ask = (o: string) => chrome.permissions.request({ origins: [`${o}/*`] });
    if (!(await this.#inExtension(ask, origin))) throw new Error(`${origin} was not granted.`);
  }

  async revoke(origin: string): Promise<void> {
    await this.#inExtension((o) => chrome.permissions.remove({ origins: [`${o}/*`] }), origin);
  }

  granted(): Promise<string[]> {
    return this.#inExtension(async () => (await chrome.permissions.getAll()).origins ?? [], '');
  }

  async killWorker(): Promise<void> {
    // What waits for the worker starts another one at once: that one is left to do its work.
    const running = await this.#workers();
    // A worker that is just starting is not stopped by the first try.
    await until('the worker to end', async () => {
      const stopping = this.#session.send('ServiceWorker.stopAllWorkers');
      // Where a site's own worker is just being removed, the answer may never come.
      stopping.catch(() => {});
      await Promise.race([stopping, new Promise((done) => setTimeout(done, STOPS_MS))]);
      const left = await this.#workers();
      // An event that comes while a worker is still being stopped may be lost with it.
      return !running.some((id) => left.includes(id)) && this.#stopping.size === 0;
    });
  }

  async workerRuns(): Promise<boolean> {
    return (await this.#workers()).length > 0;
  }

  async #openTab(): Promise<Page> {
    const page = await this.#browser.newPage();
    page.setDefaultTimeout(scaled(60_000));
    return page;
  }

  /** The ids of the extension's workers that run: at most one, and one that is just ending. */
  async #workers(): Promise<string[]> {
    const { targetInfos } = await this.#whole.send('Target.getTargets');
    return targetInfos
      .filter(({ type, url }) => type === 'service_worker' && url.startsWith(this.extensionUrl))
      .map(({ targetId }) => targetId);
  }

  isOpen(): boolean {
    return this.#browser.connected;
  }

  async allowPrivate(): Promise<void> {
    await this.#browser.close();
    allowInPrivate(this.#profile.data, new URL(this.extensionUrl).host);
    await this.#open();
  }

  async apiPage(): Promise<Page> {
    if (this.#apiPage && !this.#apiPage.isClosed()) return this.#apiPage;
    const page = await this.#browser.newPage({ background: true });
    await page.goto(this.extensionUrl + INERT);
    this.#apiPage = page;
    return page;
  }

  async handOver(url: string): Promise<void> {
    await this.#home.goto(url);
    await this.#inExtension(async () => {
      const { id } = await chrome.windows.getCurrent();
      // Only Chromium has it, so the shared types do not.
      const { sidePanel } = chrome as unknown as {
        sidePanel: { open(options: object): Promise<void> };
      };
      await sidePanel.open({ windowId: id });
    }, null);
    await this.#home.bringToFront();
    await (await this.apiPage()).close();
  }

  async closePages(...kept: (Page | undefined)[]): Promise<void> {
    const open = (await this.#browser.pages()).filter(
      (page) => ![this.#home, this.#apiPage, ...kept].includes(page) && !this.#spare.has(page),
    );
    await Promise.all(open.map(closePage));
  }

  async clearCookies(): Promise<void> {
    await this.#session.send('Storage.clearCookies');
  }

  async switchOffAndOn(): Promise<void> {
    const page = await this.#openTab();
    await page.goto('chrome://extensions/');
    const turn = (on: boolean) =>
      page.evaluate(
        (id, enabled) => chrome.management.setEnabled(id, enabled),
        new URL(this.extensionUrl).host,
        on,
      );
    await turn(false);
    await until('the worker to end', async () => !(await this.workerRuns()));
    await turn(true);
    await until('the worker', () => this.workerRuns());
    await page.close();
    this.#spare.clear();
  }

  async restart(): Promise<void> {
    await this.#browser.close();
    await this.#open();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#profile.remove();
  }

  /** The profile has the extension already. */
  #useInstalled(): void {
    this.extensionUrl = `chrome-extension://${keptExtensionId(this.#profile.data)}/`;
  }

  /** The first start only installs: what a test needs is settled in the profile afterwards. */
  async #install(): Promise<void> {
    for (let left = 2; ; left -= 1) {
      await this.#launch();
      const id = await this.#browser.installExtension(this.#profile.extension);
      this.extensionUrl = `chrome-extension://${id}/`;
      await until('the first start of the worker', () => this.workerRuns());
      if (left === 2 && this.#profile.greets)
        await until('the Guide, which opens at installation', async () =>
          (await this.#browser.pages()).some((page) => page.url().endsWith(GREETING)),
        );
      await this.#browser.close();
      try {
        return keepExtension(this.#profile.data, id, ASKABLE);
      } catch (error) {
        // On a busy machine Chromium may quit before it has written its profile.
        if (!left) throw error;
      }
    }
  }

  async #open(): Promise<void> {
    await this.#launch();
    this.version = await this.#browser.version();
    const [first] = await this.#browser.pages();
    this.#home = first ?? (await this.#browser.newPage());
    this.#apiPage = null;
    this.#spare.clear();
    this.#session = await this.#home.createCDPSession();
    this.#stopping.clear();
    this.#session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { versionId, runningStatus } of versions)
        if (runningStatus === 'stopping') this.#stopping.add(versionId);
        else this.#stopping.delete(versionId);
    });
    await this.#session.send('ServiceWorker.enable');
    await until('the worker', () => this.workerRuns());
    await this.apiPage();
  }

  async #launch(): Promise<void> {
    this.#browser = await launch(chromiumOptions(this.#program, this.#profile.data, this.#options));
    this.#whole = await this.#browser.target().createCDPSession();
  }

  /** Calls a function with the extension's rights, on a page of it that runs none of its code. */
  async #inExtension<A, R>(call: (argument: A) => R, argument: A): Promise<Awaited<R>> {
    const page = await this.apiPage();
    return (await page.evaluate(call as (a: unknown) => unknown, argument)) as Awaited<R>;
  }
}

/** Closes a page, unless it is gone already: a popup closes itself. */
async function closePage(page: Page): Promise<void> {
  await page.close().catch((error: unknown) => {
    if (!/No target with given id/.test(String(error))) throw error;
  });
}
