import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import type { BrowserName } from '../../scripts/browsers.ts';
import { launch } from './browser/launch.ts';
import { temporaryFolder } from './browser/profile.ts';
import { builtExtension } from './built-extension.ts';

declare module 'vitest' {
  interface ProvidedContext {
    browserName: BrowserName;
    /** A folder that browsers start from a copy of. */
    profileTemplate: string;
    /** How much slower than a quiet machine this one is. */
    slowness: number;
  }
}

/** How long a first start takes on a quiet machine of two cores, in ms. */
const QUIET_MS: Record<BrowserName, number> = { chromium: 2500, firefox: 4500 };

/** Nothing listens there: the first start needs no network. */
const CLOSED_PORT = 9;

/**
 * Makes the profile that all tests start from: the browser has been started once and has the extension installed.
 * How long it took tells how much time everything else needs.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const { browserName } = project.config.provide;
  if (!browserName) throw new Error(`The project ${project.name} names no browser.`);
  const profileTemplate = temporaryFolder();
  const from = performance.now();
  const browser = await launch(browserName, {
    extensionDir: builtExtension(browserName),
    emulator: { proxyPort: CLOSED_PORT },
    profileDir: profileTemplate,
  });
  await browser.close();
  project.provide('profileTemplate', profileTemplate);
  project.provide('slowness', Math.max(1, (performance.now() - from) / QUIET_MS[browserName]));
  return () => rmSync(profileTemplate, { recursive: true, force: true, maxRetries: 10 });
}
