import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const TARGETS = ['chrome', 'firefox'] as const;
export type Target = (typeof TARGETS)[number];

/** Folder of a built extension. */
export const built = (target: Target) =>
  join(import.meta.dirname, '../../.output', `${target}-mv3`);

/** Every file of a built extension: path within it, and its bytes. Throws where it was not built. */
export function builtFiles(target: Target): { path: string; bytes: Buffer }[] {
  const root = built(target);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => join(f.parentPath, f.name))
    .map((file) => ({ path: relative(root, file), bytes: readFileSync(file) }));
}
