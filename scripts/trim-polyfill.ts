import type { Plugin } from 'vite';

type Table = { [name: string]: Table | number | boolean };

/** The calls the extension makes; the polyfill's table describes some three hundred more. */
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

/** Leaves only the used calls in webextension-polyfill's API table, a fifth of the worker otherwise. */
export function trimPolyfill(): Plugin {
  return {
    name: 'trim-polyfill',
    transform(code, id) {
      if (!id.includes('webextension-polyfill/dist/browser-polyfill.js')) return null;
      const text = /const apiMetadata = (\{[\s\S]*?\n {6}\});/.exec(code)?.[1];
      if (!text) throw new Error('webextension-polyfill: the API table was not found');
      const used: Table = {};
      for (const call of USED) pick(JSON.parse(text) as Table, call.split('.'), used);
      return { code: code.replace(text, JSON.stringify(used)), map: null };
    },
  };
}
