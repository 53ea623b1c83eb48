import type { Plugin } from 'vite';

/**
 * Takes out of the built worker what WXT wraps around its start: a try block that throws again what it caught, and a
 * warning against an asynchronous `main`, which the types already rule out.
 */
export function plainBackground(): Plugin {
  return {
    name: 'plain-background',
    apply: 'build',
    config({ build }) {
      // Functions first make the worker pack better and the pages worse. WXT builds the worker as a library.
      return build?.lib ? { build: { terserOptions: { compress: { hoist_funs: true } } } } : null;
    },
    transform(code, id) {
      if (!id.includes('virtual:wxt-background-entrypoint')) return null;
      const plain = code.replace(
        /let result;\s*try \{[\s\S]*/,
        'initPlugins();\ndefinition.main();\n',
      );
      if (plain === code) throw new Error('wxt: the wrapper of the background was not found');
      return { code: plain, map: null };
    },
  };
}
