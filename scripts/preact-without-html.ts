import type { Plugin } from 'vite';

/** Takes the only assignment of HTML text out of Preact: no view uses it, and what is not there cannot be misused. */
export function preactWithoutHtml(): Plugin {
  return {
    name: 'preact-without-html',
    transform(code, id) {
      if (!id.includes('/preact/dist/preact.mjs')) return null;
      const stripped = code.replace(/\w+\.innerHTML=\w+\.__html/g, '0');
      if (stripped === code) throw new Error('preact: the HTML assignment was not found');
      return { code: stripped, map: null };
    },
  };
}
