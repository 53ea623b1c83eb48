import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { builtFiles, TARGETS, type Target } from './built.ts';

/** Guards against accidents, in bytes, gzipped. */
const WORKER = 54 * 1024;
const POPUP = 40 * 1024;

/** All scripts that an HTML page of the build loads. */
function pageScripts(target: Target, page: string): Buffer[] {
  const files = builtFiles(target);
  const html = files.find((f) => f.path === page)?.bytes.toString() ?? '';
  const loaded = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((m) => m[1] ?? '');
  expect(loaded.length).toBeGreaterThan(0);
  // A script brings along the chunks it imports; the loop goes on over what it adds.
  for (const path of loaded) {
    const script = files.find((f) => f.path === path)?.bytes.toString() ?? '';
    for (const [, chunk] of script.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
      const beside = path.replace(/[^/]*$/, chunk ?? '');
      if (!loaded.includes(beside)) loaded.push(beside);
    }
  }
  return files.filter((f) => loaded.includes(f.path)).map((f) => f.bytes);
}

describe.each(TARGETS)('the %s build stays small', (target) => {
  test('worker', () => {
    const worker = builtFiles(target).find((f) => f.path === 'background.js');
    const size = gzipSync(worker?.bytes ?? Buffer.alloc(0), { level: 9 }).length;
    console.log(`${target} worker: ${size} bytes gzipped`);
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThanOrEqual(WORKER);
  });

  test('popup scripts: few bytes, and two files, as each delays the popup', () => {
    const scripts = pageScripts(target, 'popup.html');
    const sizes = scripts.map((bytes) => gzipSync(bytes, { level: 9 }).length);
    const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
    console.log(`${target} popup: ${size} bytes gzipped`);
    expect(size).toBeLessThanOrEqual(POPUP);
    expect(scripts.length).toBe(2);
  });
});
