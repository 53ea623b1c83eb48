/**
 * Tells which packages have code in what is built, and writes their licences. It reads the modules that the bundler put
 * into the output, so a package that is installed and not shipped is not named.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The name of the file with the licences. */
export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.txt';

interface PackageJson {
  name: string;
  version: string;
  license: string;
  homepage?: string;
  repository?: string | { url: string };
}

/** Code that the build tools write themselves, by the beginning of its module's name. */
const WRITTEN_BY_TOOLS = [
  ['\0vite/', 'vite'],
  ['\0rolldown/', 'rolldown'],
] as const;

/** Holders of the copyright in packages that ship no licence text, as their repositories name them. */
const HOLDERS: Readonly<Record<string, string>> = { wxt: 'Copyright (c) 2023 Aaron' };

/** The MIT licence without its line of copyright, out of this project's own. */
const MIT_TEXT = readFileSync(join(import.meta.dirname, '../LICENSE'), 'utf8')
  .replace(/^Copyright.*$/m, '{holder}')
  .trim();

/** Folder of the package that a module belongs to; null for the project's own code. */
function packageFolder(moduleId: string, modules: string): string | null {
  const tool = WRITTEN_BY_TOOLS.find(([prefix]) => moduleId.startsWith(prefix));
  if (tool) return join(modules, tool[1]);
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(moduleId.replaceAll('\\', '/'))?.[0] ?? null;
}

/** Gathers the packages of all bundles that it is a plugin of. `modules` is the project's `node_modules`. */
export function gatherPackages(modules: string): { plugin: Plugin; folders: Set<string> } {
  const folders = new Set<string>();
  const plugin: Plugin = {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        const rendered = Object.entries(output.modules).filter(([, m]) => m.renderedLength > 0);
        for (const [id] of rendered) {
          const folder = packageFolder(id, modules);
          if (folder) folders.add(folder);
        }
      }
    },
  };
  return { plugin, folders };
}

/** Address of a package's source as a browser opens it. */
function sourceOf({ repository, homepage, name }: PackageJson): string {
  const url = typeof repository === 'string' ? repository : repository?.url;
  const plain = url?.replace(/^git\+|^github:/, '').replace(/\.git$/, '');
  if (plain && !plain.startsWith('https:')) return `https://github.com/${plain}`;
  return plain ?? homepage ?? `https://www.npmjs.com/package/${name}`;
}

/** The licence texts that a package brings, or the MIT licence where only its holder is known. Throws where neither is. */
function licenceTexts({ name, license }: PackageJson, folder: string): string[] {
  const files = globSync('{LICENSE,LICENCE,NOTICE}{,.md,.txt}', { cwd: folder }).sort();
  if (files.length) return files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const holder = HOLDERS[name];
  if (license !== 'MIT' || !holder)
    throw new Error(`${name} ships without a licence text: see ${import.meta.filename}`);
  return [MIT_TEXT.replace('{holder}', holder)];
}

/** Name, version, licence, source and licence text of one package. Throws where that text is not to be had. */
function noticeOf(folder: string): { name: string; text: string } {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
  const texts = licenceTexts(about, folder);
  const head = `${about.name} ${about.version}\nLicence: ${about.license}\nSource: ${sourceOf(about)}`;
  return { name: about.name, text: [head, ...texts].join('\n\n') };
}

/** Writes the licences of packages, in order of their names. */
export function thirdPartyNotices(folders: Iterable<string>): string {
  const byName = new Map([...folders].map(noticeOf).map(({ name, text }) => [name, text]));
  const notices = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const head =
    'Linkwatch for Kakao Login holds code of these packages, unchanged but for minifying.';
  return `${[head, ...notices].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
