import type { Plugin } from 'vite';

/** What nothing here uses of idb: the async iterators, a fifth of it, and the callback for an opening that waits. */
const UNUSED = [
  /const advanceMethodProps = [\s\S]*?(?=export \{)/,
  /if \(blocked\) \{[\s\S]*?(?=openPromise)/,
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
