import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { builtFiles, TARGETS, type Target } from './built.ts';

/** Guards against accidents, in bytes, gzipped. */
const WORKER = 40 * 1024;
const POPUP = 40 * 1024;

/** All scripts that an HTML page of the build loads, gzipped, in bytes. */
function pageSize(target: Target, page: string): number {
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
  return files
    .filter((f) => loaded.includes(f.path))
    .reduce((sum, f) => sum + gzipSync(f.bytes, { level: 9 }).length, 0);
}

describe.each(TARGETS)('the %s build stays small', (target) => {
  test('worker', () => {
    const worker = builtFiles(target).find((f) => f.path === 'background.js');
    const size = gzipSync(worker?.bytes ?? Buffer.alloc(0), { level: 9 }).length;
    console.log(`${target} worker: ${size} bytes gzipped`);
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThanOrEqual(WORKER);
  });

  test('popup scripts', () => {
    const size = pageSize(target, 'popup.html');
    console.log(`${target} popup: ${size} bytes gzipped`);
    expect(size).toBeLessThanOrEqual(POPUP);
  });
});
