import type { Plugin } from 'vite';

/** What nothing here uses of idb: the async iterators, a fifth of it, and the callback for an opening that waits. */
const UNUSED = [
  /const advanceMethodProps = [\s\S]*?(?=export \{)/,
  /if \(blocked\) \{[\s\S]*?(?=openPromise)/,
];
/** How a cursor moves on: the popup's alone does. */
const CURSORS = /if \(getCursorAdvanceMethods\(\)[\s\S]*?\n {4}\}\n/;

/** Takes what is not used out of idb. */
export function idbTrimmed(): Plugin {
  let isWorker = false;
  return {
    name: 'idb-trimmed',
    configResolved({ build }) {
      // WXT builds the worker as a library, the pages together.
      isWorker = !!build.lib;
    },
    transform(code, id) {
      if (!id.includes('/idb/build/index.js')) return null;
      const parts = isWorker ? [...UNUSED, CURSORS] : UNUSED;
      const trimmed = parts.reduce((rest, part) => {
        if (!part.test(rest)) throw new Error(`idb: ${part} was not found`);
        return rest.replace(part, '');
      }, code);
      return { code: trimmed, map: null };
    },
  };
}
