import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The mark of an extension that Chromium forgets when it quits. */
const FORGOTTEN_AT_EXIT = 1 << 15;

/**
 * Turns an extension that was loaded over the debugging pipe into one that stays installed, and
 * says beforehand "yes" to the prompts that a test cannot answer: `origins` (match patterns) and
 * `permissions` are then given by a click on a button that asks for them, without a question.
 * To be called while Chromium is not running. Works where Chromium does not sign this file (Linux).
 */
export function keepExtension(
  data: string,
  id: string,
  options: { origins: string[]; permissions: string[]; privateAllowed: boolean },
): void {
  const file = join(data, 'Default', 'Preferences');
  const preferences = JSON.parse(readFileSync(file, 'utf8'));
  const extension = preferences.extensions?.settings?.[id];
  if (!extension) throw new Error(`Chromium keeps the extension elsewhere than in ${file}.`);
  extension.creation_flags &= ~FORGOTTEN_AT_EXIT;
  extension.incognito = options.privateAllowed;
  extension.runtime_granted_permissions = {
    api: options.permissions,
    manifest_permissions: [],
    explicit_host: options.origins,
    scriptable_host: [],
  };
  preferences.extensions.ui = { ...preferences.extensions.ui, developer_mode: true };
  writeFileSync(file, JSON.stringify(preferences));
}
