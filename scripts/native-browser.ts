import type { Plugin } from 'vite';

/**
 * Puts the browser's own object in the place of webextension-polyfill's wrapper. The polyfill hands out the browser's
 * own object wherever that is promise-based, which Firefox's is, and so is Chrome's under Manifest V3 for every call the
 * extension makes; its wrapper would be a tenth of the worker and do nothing. Its types and its one name for the API stay.
 */
export function nativeBrowser(): Plugin {
  return {
    name: 'native-browser',
    transform(_code, id) {
      if (!id.includes('webextension-polyfill/dist/browser-polyfill.js')) return null;
      return { code: 'export default globalThis.browser ?? globalThis.chrome;', map: null };
    },
  };
}
