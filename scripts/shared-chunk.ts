import type { Plugin } from 'vite';

/** What the bundler tells of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { importers: readonly string[] } | null;
}

/** The popup's own modules; the side panel is made of the same. */
const OWN = /\/(?:entrypoints|components)\/popup\//;

/**
 * Puts all that the popup shares with other pages into one file. Left to itself the bundler makes one for each set of
 * pages that have something in common, and each file more delays the popup.
 */
export const sharedChunk: Plugin = {
  name: 'shared-chunk',
  outputOptions(options) {
    // The worker is one file by itself.
    if (options.format === 'iife') return null;
    return { ...options, codeSplitting: { groups: [{ name: chunkOf }] } };
  },
};

/** The file that a module goes to; null where that is left to the bundler. */
export function chunkOf(id: string, graph: ModuleGraph): string | null {
  return !OWN.test(id) && isUsedByPopup(id, graph, new Set()) ? 'shared' : null;
}

/** Whether the popup imports a module, be it through others. */
function isUsedByPopup(id: string, graph: ModuleGraph, seen: Set<string>): boolean {
  if (OWN.test(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  const importers = graph.getModuleInfo(id)?.importers ?? [];
  return importers.some((importer) => isUsedByPopup(importer, graph, seen));
}
