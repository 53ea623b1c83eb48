import type { Plugin } from 'vite';

type Table = { [name: string]: Table | number | boolean };

/** The calls the extension makes that Chrome answers by callback; the polyfill's table describes some three hundred more. */
const USED = [
  'alarms.clear',
  'notifications.clear',
  'notifications.create',
  'permissions.contains',
  'permissions.getAll',
  'permissions.remove',
  'permissions.request',
  'storage.local.get',
  'storage.local.remove',
  'storage.local.set',
  'tabs.create',
  'tabs.get',
  'tabs.query',
];

function pick(table: Table, path: readonly string[], into: Table): void {
  const [name = '', ...rest] = path;
  const from = table[name];
  if (typeof from !== 'object') throw new Error(`webextension-polyfill describes no ${name}`);
  if (!rest.length) into[name] = from;
  else pick(from, rest, (into[name] ??= {}) as Table);
}

function replaced(code: string, what: RegExp, by: (found: string) => string): string {
  const found = what.exec(code)?.[1];
  if (found === undefined) throw new Error(`webextension-polyfill: ${what.source} was not found`);
  return code.replace(found, () => by(found));
}

/**
 * Leaves of webextension-polyfill what the extension calls. In Firefox that is nothing, since the polyfill itself
 * hands out the browser's own object there; in Chrome the used calls and promises as answers to messages.
 */
export function trimPolyfill(browser: string): Plugin {
  return {
    name: 'trim-polyfill',
    transform(source, id) {
      if (!id.includes('webextension-polyfill/dist/browser-polyfill.js')) return null;
      if (browser === 'firefox') return { code: 'export default globalThis.browser;', map: null };
      const table = replaced(source, /const apiMetadata = (\{[\s\S]*?\n {6}\});/, (all) => {
        const used: Table = {};
        for (const call of USED) pick(JSON.parse(all) as Table, call.split('.'), used);
        return JSON.stringify(used);
      });
      const answers = replaced(
        table,
        /const staticWrappers = (\{[\s\S]*?\n {6}\});/,
        () => '{ runtime: { onMessage: wrapEvent(onMessageWrappers) } }',
      );
      const trimmed = replaced(answers, /(apiMetadata\.privacy = \{[\s\S]*?\n {6}\};)/, () => '');
      // As a module of its own kind it needs none of the bundler's glue.
      const opened = replaced(
        trimmed,
        /^(\(function \(global, factory\)[\s\S]*?function \(module\) \{)/,
        () => 'const module = {};',
      );
      const code = replaced(
        opened,
        /(\n\}\);)\s*(?:\/\/#.*)?\s*$/,
        () => '\nexport default module.exports;',
      );
      return { code, map: null };
    },
  };
}
