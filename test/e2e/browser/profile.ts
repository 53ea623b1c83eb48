import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where one test browser lives. */
export interface Profile {
  /** The browser's own folder. */
  data: string;
  /** The copy of the extension that it loads. */
  extension: string;
  /** Whether a page opens by itself when the extension is installed: in a new profile, where it has a report page. */
  greets: boolean;
  remove(): void;
}

/** Makes or reopens a profile; with no `folder` a temporary one that `remove` deletes. */
export function openProfile(extensionDir: string, folder?: string): Profile {
  const root = folder ?? temporaryFolder();
  const extension = join(root, 'extension');
  const data = join(root, 'profile');
  const isNew = !existsSync(data);
  mkdirSync(data, { recursive: true });
  rmSync(extension, { recursive: true, force: true });
  cpSync(extensionDir, extension, { recursive: true });
  const greets = isNew && existsSync(join(extension, 'report.html'));
  return { data, extension, greets, remove: remover(folder ? null : root) };
}

/**
 * Makes a copy of a profile, in the same folder, with which it goes at the latest; it loads the extension from where
 * the original does.
 */
export function copyProfile(folder: string): Profile {
  const root = mkdtempSync(join(folder, 'copy-'));
  const data = join(root, 'profile');
  cpSync(join(folder, 'profile'), data, { recursive: true });
  return { data, extension: join(folder, 'extension'), greets: false, remove: remover(root) };
}

/** Makes a folder of a new name, which its caller removes. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'linkwatch-'));
}

/** A function that deletes a folder, also when a signal ends the run before anyone calls it. */
function remover(root: string | null): () => void {
  const remove = () => {
    process.off('exit', remove);
    if (root) rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  process.on('exit', remove);
  return remove;
}
