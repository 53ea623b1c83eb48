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
  options: { origins: string[]; permissions: string[] },
): void {
  changePreferences(data, id, (extension, preferences) => {
    extension['creation_flags'] = Number(extension['creation_flags']) & ~FORGOTTEN_AT_EXIT;
    extension['runtime_granted_permissions'] = {
      api: options.permissions,
      manifest_permissions: [],
      explicit_host: options.origins,
      scriptable_host: [],
    };
    // In sight of whoever watches, and not in the puzzle-piece menu.
    preferences.extensions.pinned_extensions = [id];
    preferences.extensions.ui = { ...preferences.extensions.ui, developer_mode: true };
    // No bubble that offers a translation lies over the side panel.
    preferences.translate = { enabled: false };
  });
}

/** Lets the extension into private windows. To be called while Chromium is not running. */
export function allowInPrivate(data: string, id: string): void {
  changePreferences(data, id, (extension) => {
    extension['incognito'] = true;
  });
}

/** The id of the only extension that a profile keeps installed. Throws where there is none. */
export function keptExtensionId(data: string): string {
  const { settings = {} } = readPreferences(data).extensions;
  const [id] = Object.keys(settings).filter(
    (key) => settings[key]?.['runtime_granted_permissions'],
  );
  if (!id) throw new Error(`${data} has no extension.`);
  return id;
}

interface Preferences {
  extensions: {
    settings?: Record<string, Record<string, unknown>>;
    ui?: object;
    pinned_extensions?: string[];
  };
  translate?: { enabled: boolean };
}

const fileOf = (data: string) => join(data, 'Default', 'Preferences');
const readPreferences = (data: string) =>
  JSON.parse(readFileSync(fileOf(data), 'utf8')) as Preferences;

function changePreferences(
  data: string,
  id: string,
  change: (extension: Record<string, unknown>, preferences: Preferences) => void,
): void {
  const preferences = readPreferences(data);
  const extension = preferences.extensions.settings?.[id];
  if (!extension)
    throw new Error(`Chromium keeps the extension elsewhere than in ${fileOf(data)}.`);
  change(extension, preferences);
  writeFileSync(fileOf(data), JSON.stringify(preferences));
}
