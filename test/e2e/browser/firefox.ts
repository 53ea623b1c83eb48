import { launch, type Browser, type Page } from 'puppeteer-core';
import type { LaunchOptions, PageLook, TestBrowser } from './contract.ts';
import * as addon from './firefox-addon.ts';
import { addonId, EXTENSION_UUID, firefoxOptions, pointToExtension } from './firefox-options.ts';
import { bidiOf, inBrowserScope, type SendBidi } from './firefox-scope.ts';
import { closeGreeting } from './greeting.ts';
import { copyProfile, openProfile, type Profile } from './profile.ts';
import { leaveSite, SpareTabs } from './spare-tabs.ts';
import { scaled, until } from './until.ts';

/** A file of the extension that runs none of its code. */
const INERT = 'icon/linkwatch.svg';

/** Firefox over WebDriver BiDi. */
export class FirefoxBrowser implements TestBrowser {
  readonly name = 'firefox';
  version = '';
  readonly extensionUrl = `moz-extension://${EXTENSION_UUID}/`;
  readonly #program: string;
  readonly #options: LaunchOptions;
  readonly #profile: Profile;
  readonly #id: string;
  readonly #spare = new SpareTabs();
  #browser!: Browser;
  #send!: SendBidi;
  /** The first tab: new ones open in its window, which is never a private one. */
  #home = '';
  #apiPage: Page | null = null;

  static async start(program: string, options: LaunchOptions): Promise<FirefoxBrowser> {
    const made = new FirefoxBrowser(program, options);
    const isKept = await made.#open();
    if (isKept && made.#profile.greets) await closeGreeting(await made.apiPage());
    for (const origin of options.grants ?? []) await made.grant(origin);
    return made;
  }

  private constructor(program: string, options: LaunchOptions) {
    this.#program = program;
    this.#options = options;
    this.#id = addonId(options.extensionDir);
    this.#profile = options.template
      ? copyProfile(options.template)
      : openProfile(options.extensionDir, options.profileDir);
    pointToExtension(this.#profile.data, this.#id, this.#profile.extension);
  }

  async newPage(url?: string): Promise<Page> {
    const page = await this.#spare.take('web', () => this.#openTab());
    if (url) await page.goto(url);
    return page;
  }

  leave(page: Page): Promise<void> {
    return this.#spare.put(page, (left, kind) =>
      kind === 'web' ? leaveSite(left) : this.#showOwn(left, INERT),
    );
  }

  async openExtensionPage(path: string, look: PageLook = {}): Promise<Page> {
    const page = await this.#spare.take('extension', () => this.#openTab());
    await this.setLook(page, look);
    await this.#showOwn(page, path);
    await this.#run(addon.focusPage, null);
    return page;
  }

  async setLook(page: Page, look: PageLook): Promise<void> {
    await this.#run(addon.setIntegerPrefs, {
      'layout.css.prefers-color-scheme.content-override': look.dark ? 0 : 1,
      'ui.prefersReducedMotion': look.reducedMotion ? 1 : 0,
    });
    if (look.width && look.height)
      await page.setViewport({ width: look.width, height: look.height });
    await until('the look', () =>
      page.evaluate(
        (dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark,
        look.dark ?? false,
      ),
    );
  }

  async openTools(page: Page): Promise<void> {
    await page.bringToFront();
    const running = () => this.#run(addon.toolsPages, this.#id);
    // The page of tools that are just closing may still run.
    const before = await running();
    await this.#run(addon.openTools, null);
    await until("the tools' page", async () =>
      (await running()).some((context) => !before.includes(context)),
    );
  }

  waitForPage(url: string, timeoutMs?: number): Promise<Page> {
    const find = async () => (await this.#browser.pages()).find((p) => p.url().startsWith(url));
    return until(`a page at ${url}`, find, timeoutMs);
  }

  async openPrivatePage(url: string): Promise<Page> {
    const before = new Set((await this.#browser.pages()).map(contextOf));
    await this.#run(addon.openPrivateWindow, null);
    const page = await until('a private window', async () =>
      (await this.#browser.pages()).find(
        (p) => !before.has(contextOf(p)) && p.url() === 'about:privatebrowsing',
      ),
    );
    await page.goto(url);
    return page;
  }

  grant(origin: string): Promise<void> {
    const origins = [`${origin}/*`];
    return this.#run(addon.changeAccess, { id: this.#id, give: true, origins });
  }

  revoke(origin: string): Promise<void> {
    const origins = [`${origin}/*`];
    return this.#run(addon.changeAccess, { id: this.#id, give: false, origins });
  }

  granted(): Promise<string[]> {
    return this.#run(addon.accessOf, this.#id);
  }

  async killWorker(): Promise<void> {
    // An event that comes meanwhile starts it again.
    await until('the event page to end', async () => {
      await this.#run(addon.endEventPage, this.#id);
      return !(await this.workerRuns());
    });
  }

  async workerRuns(): Promise<boolean> {
    return (await this.#run(addon.eventPageState, this.#id)) === 'running';
  }

  isOpen(): boolean {
    return this.#browser.connected;
  }

  async allowPrivate(): Promise<void> {
    await this.#run(addon.allowPrivate, this.#id);
    this.#spare.clear();
    await until('the extension to start anew', () => this.workerRuns());
    await this.apiPage();
  }

  async apiPage(): Promise<Page> {
    // It is gone after a restart of the browser or of the extension.
    const alive = await this.#apiPage?.evaluate(() => true).catch(() => false);
    if (!this.#apiPage || !alive) this.#apiPage = await this.openExtensionPage(INERT);
    return this.#apiPage;
  }

  async handOver(url: string): Promise<void> {
    const home = (await this.#browser.pages()).find((page) => contextOf(page) === this.#home);
    await home?.goto(url);
    await this.#run(addon.openSidebar, this.#id);
    await home?.bringToFront();
    await (await this.apiPage()).close();
  }

  async closePages(...kept: (Page | undefined)[]): Promise<void> {
    const stay = [this.#home, ...[this.#apiPage, ...kept].map((page) => page && contextOf(page))];
    for (const page of await this.#browser.pages())
      if (!stay.includes(contextOf(page)) && !this.#spare.has(page)) await page.close();
  }

  async clearCookies(): Promise<void> {
    await this.#run(addon.removeCookies, null);
  }

  async switchOffAndOn(): Promise<void> {
    await this.#run(addon.switchOffAndOn, this.#id);
    this.#spare.clear();
    await until('the extension to start anew', () => this.workerRuns());
    await this.apiPage();
  }

  async restart(): Promise<void> {
    await this.#browser.close();
    await this.#open();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#profile.remove();
  }

  /** Starts the browser; resolves to whether its profile keeps the extension. */
  async #open(): Promise<boolean> {
    this.#browser = await launch(
      firefoxOptions(this.#program, this.#profile.data, this.#id, this.#options),
    );
    this.#spare.clear();
    this.version = await this.#browser.version();
    this.#send = bidiOf(this.#browser);
    const [first] = await this.#browser.pages();
    this.#home = contextOf(first ?? (await this.#browser.newPage()));
    if (this.#options.certificate)
      await this.#run(addon.trustAuthority, this.#options.certificate.pem);
    const present = () => this.#run(addon.eventPageState, this.#id);
    // A release Firefox passes over the unsigned extension in the profile: install it until exit.
    const isKept = Boolean(await present());
    if (!isKept) await this.#browser.installExtension(this.#profile.extension);
    await until('the extension', present);
    await until('the event page', () => this.workerRuns());
    await this.apiPage();
    return isKept;
  }

  async #openTab(): Promise<Page> {
    const created = (await this.#send('browsingContext.create', {
      type: 'tab',
      referenceContext: this.#home,
    })) as { context: string };
    const page = await until('a new tab', async () =>
      (await this.#browser.pages()).find((p) => contextOf(p) === created.context),
    );
    page.setDefaultTimeout(scaled(60_000));
    return page;
  }

  /** Brings a tab to a page of the extension. */
  async #showOwn(page: Page, path: string): Promise<void> {
    // Firefox loads the page but never reports it, so `goto` would wait for nothing.
    const url = this.extensionUrl + path;
    await this.#send('browsingContext.navigate', { context: contextOf(page), url, wait: 'none' });
    await until(url, () =>
      page.evaluate((u) => location.href === u && document.readyState === 'complete', url),
    );
  }

  #run<A, R>(call: (argument: A) => R, argument: A): Promise<Awaited<R>> {
    return inBrowserScope(this.#send, call, argument);
  }
}

/** The id that BiDi knows a tab by. */
function contextOf(page: Page): string {
  return (page.mainFrame() as unknown as { _id: string })._id;
}
