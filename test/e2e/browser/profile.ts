import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where one test browser lives. */
export interface Profile {
  /** The browser's own folder. */
  data: string;
  /** The copy of the extension that it loads. */
  extension: string;
  remove(): void;
}

/** Makes or reopens a profile; with no `folder` a temporary one that `remove` deletes. */
export function openProfile(extensionDir: string, folder?: string): Profile {
  const root = folder ?? mkdtempSync(join(tmpdir(), 'linkwatch-'));
  const data = join(root, 'profile');
  const extension = join(root, 'extension');
  mkdirSync(data, { recursive: true });
  rmSync(extension, { recursive: true, force: true });
  cpSync(extensionDir, extension, { recursive: true });
  const remove = () => {
    process.off('exit', remove);
    if (!folder) rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  // Also when a signal ends the run before anyone called `remove`.
  process.on('exit', remove);
  return { data, extension, remove };
}
