import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { comesFromApt, installPackages, missingPackages } from './debian-packages.ts';

/** The browsers that the extension is made for. */
export type BrowserName = 'chromium' | 'firefox';

interface Known {
  variable: string;
  /** Chromium first: branded Chrome refuses some switches that tests want. */
  commands: string[];
  mac: string[];
  windows: string[];
  /** Debian packages: the browser, its Korean texts and a font that has Hangul. */
  packages: string[];
  install: string;
}

const known: Record<BrowserName, Known> = {
  chromium: {
    variable: 'CHROME_PATH',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome-for-testing',
      'chrome-for-testing',
      'google-chrome-stable',
      'google-chrome',
    ],
    mac: ['Chromium', 'Google Chrome for Testing', 'Google Chrome'],
    windows: ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe'],
    packages: ['chromium', 'chromium-l10n', 'fonts-noto-cjk'],
    install: 'Chromium (or Chrome for Testing)',
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    commands: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
    mac: ['Firefox', 'Firefox Developer Edition'],
    windows: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe'],
    packages: ['firefox-esr', 'firefox-esr-l10n-ko', 'fonts-noto-cjk'],
    install: 'Firefox ESR 140 or newer',
  },
};

/**
 * Path of an installed browser, or null. The environment variable (CHROME_PATH, FIREFOX_PATH) wins;
 * throws when it points to nothing, since a wrong setting should not be passed over.
 */
export function findBrowser(name: BrowserName): string | null {
  const { variable, commands } = known[name];
  const chosen = process.env[variable];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`${variable} is ${chosen}, and there is no program at that place.`);
  }
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = commands.flatMap((c) => onPath.map((folder) => join(folder, c + suffix)));
  return [...candidates, ...usualPlaces(name)].find(isProgram) ?? null;
}

/**
 * Path of a browser, installed with apt first where that is possible. `say` gets one line a step.
 * Throws an Error of one line that names what to install.
 */
export function ensureBrowser(name: BrowserName, say: (line: string) => void = toStderr): string {
  const before = findBrowser(name);
  const missing = before && !comesFromApt(before) ? [] : missingPackages(known[name].packages);
  if (missing.length > 0) {
    const failed = installPackages(missing, say);
    // With a browser at hand only texts or fonts are missing: worth a word, not a stop.
    if (failed && before) say(`Korean may not show well: ${failed}`);
    else if (failed) throw new Error(`No ${name} found, and ${failed} ${advice(name)}`);
  }
  const path = findBrowser(name);
  if (!path) throw new Error(`No ${name} found. ${advice(name)}`);
  return path;
}

function advice(name: BrowserName): string {
  return `Install ${known[name].install}, or set ${known[name].variable} to its program.`;
}

function usualPlaces(name: BrowserName): string[] {
  const { mac, windows } = known[name];
  if (process.platform === 'darwin')
    return mac.map((app) => {
      const program = name === 'firefox' ? 'firefox' : app;
      return `/Applications/${app}.app/Contents/MacOS/${program}`;
    });
  if (process.platform !== 'win32') return [];
  const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'];
  return roots
    .map((root) => process.env[root])
    .filter((root) => root !== undefined)
    .flatMap((root) => windows.map((path) => join(root, path)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function toStderr(line: string): void {
  process.stderr.write(line + '\n');
}
