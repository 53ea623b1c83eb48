import type { Plugin } from 'vite';

/** What nothing here uses of idb: the moving of cursors, with async iterators a fifth of it, and a callback for an opening that waits. */
const UNUSED = [
  /const advanceMethodProps = [\s\S]*?(?=export \{)/,
  /if \(blocked\) \{[\s\S]*?(?=openPromise)/,
  /if \(getCursorAdvanceMethods\(\)[\s\S]*?\n {4}\}\n/,
];

/** Takes what is not used out of idb. */
export function idbTrimmed(): Plugin {
  return {
    name: 'idb-trimmed',
    transform(code, id) {
      if (!id.includes('/idb/build/index.js')) return null;
      const trimmed = UNUSED.reduce((rest, part) => {
        if (!part.test(rest)) throw new Error(`idb: ${part} was not found`);
        return rest.replace(part, '');
      }, code);
      return { code: trimmed, map: null };
    },
  };
}
