import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtFiles, TARGETS } from './built.ts';

/** Everything by which a page or worker could send something out. */
const PRIMITIVES: Record<string, RegExp> = {
  fetch: /\bfetch\s*\(|\bfetch\s*[,;)}]/,
  XMLHttpRequest: /\bXMLHttpRequest\b/,
  WebSocket: /\bWebSocket(Stream)?\b/,
  EventSource: /\bEventSource\b/,
  sendBeacon: /\bsendBeacon\b/,
  WebTransport: /\bWebTransport\b/,
  RTCPeerConnection: /\bRTCPeerConnection\b/,
  importScripts: /\bimportScripts\b/,
  'dynamic import': /\bimport\s*\(/,
  'HTML text': /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write/,
  'code from text': /\beval\s*\(|\bnew Function\b/,
  'native messaging': /\bconnectNative\b|\bsendNativeMessage\b/,
};

const PLANTED: Record<keyof typeof PRIMITIVES, string> = {
  fetch: 'await fetch(u)',
  XMLHttpRequest: 'new XMLHttpRequest',
  WebSocket: 'new WebSocket(u)',
  EventSource: 'new EventSource(u)',
  sendBeacon: 'navigator.sendBeacon(u)',
  WebTransport: 'new WebTransport(u)',
  RTCPeerConnection: 'new RTCPeerConnection',
  importScripts: 'importScripts(u)',
  'dynamic import': 'import(u)',
  'HTML text': 'e.innerHTML=t',
  'code from text': 'eval(t)',
  'native messaging': 'browser.runtime.connectNative(n)',
};

test.each(Object.entries(PRIMITIVES))('the scan finds a planted %s', (name, pattern) => {
  expect(PLANTED[name]).toMatch(pattern);
});

/** Lines of the back-end recipes: the report page shows them as text, and none of them ever runs here. */
const RECIPE_LINES = globSync('docs/recipes/**/*.{ts,mjs,py,java,php}', {
  cwd: join(import.meta.dirname, '../..'),
})
  .flatMap((file) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8').split('\n'))
  .map((line) => line.trim())
  .filter((line) => Object.values(PRIMITIVES).some((pattern) => pattern.test(line)));

/**
 * The two places where a library as published names a primitive: Preact assigns HTML for a property that no view sets,
 * and webextension-polyfill lists every method of the API. Each may occur once in a script.
 */
const LIBRARY_CODE = [
  /\w+\.innerHTML=\w+\.__html\b/,
  /\bsendNativeMessage:\{minArgs:2,maxArgs:2\}/,
];

/** A script without the lines of the recipes and without what the libraries are known to hold. */
function ownCode(script: string): string {
  const withoutRecipes = RECIPE_LINES.reduce((text, line) => text.replaceAll(line, ''), script);
  return LIBRARY_CODE.reduce((text, known) => text.replace(known, ''), withoutRecipes);
}

describe.each(TARGETS)('the %s build', (target) => {
  const scripts = builtFiles(target).filter((f) => f.path.endsWith('.js'));

  test('has scripts', () => expect(scripts.length).toBeGreaterThanOrEqual(2));

  test.each(Object.entries(PRIMITIVES))('has no %s', (_name, pattern) => {
    for (const { path, bytes } of scripts) {
      const hit = pattern.exec(ownCode(bytes.toString()));
      expect(hit?.[0], path).toBeUndefined();
    }
  });

  test('sets HTML text in one script only, where Preact is', () => {
    const setting = scripts.filter((f) => PRIMITIVES['HTML text']?.test(f.bytes.toString()));
    expect(setting).toHaveLength(1);
  });

  test('loads nothing from elsewhere', () => {
    const pages = builtFiles(target).filter((f) => /\.(html|css)$/.test(f.path));
    expect(pages.length).toBeGreaterThan(0);
    for (const { path, bytes } of pages)
      expect(bytes.toString(), path).not.toMatch(/(src|href)="(https?:)?\/\/|url\((?!["']?data:)/);
  });
});
