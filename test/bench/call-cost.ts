import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { TestBrowser } from '../e2e/browser/contract.ts';
import { launch } from '../e2e/browser/launch.ts';
import { logIn } from '../e2e/login-steps.ts';
import { SITES } from '../e2e/sites.ts';
import { startEmulator } from '../emulator/index.ts';
import { cpuOfTree } from './process-cpu.ts';
import { formatSpread } from './spread.ts';

const ROUNDS = 5;
const REQUESTS = 150;
/** After this everything that the requests gave rise to is done, in ms. */
const REST_MS = 2500;

/** Calls of Kakao's API, which are recorded, and requests of the site, which say nothing of a login. */
const KINDS = ['call', 'unrelated'] as const;
type Kind = (typeof KINDS)[number];

interface Candidate {
  name: string;
  browser: TestBrowser;
  page: Page;
  profileDir: string;
  costs: Record<Kind, number[]>;
}

/** Writes an extension whose listeners are ours and do nothing; returns its folder. */
function writeNoOp(): string {
  const dir = mkdtempSync(join(tmpdir(), 'no-op-'));
  const hosts = ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'];
  const manifest = {
    manifest_version: 3,
    name: 'No-op',
    version: '1',
    permissions: ['webRequest', 'storage', 'alarms', 'activeTab'],
    host_permissions: hosts,
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    background: { service_worker: 'background.js' },
  };
  const script = `
    const kakao = { urls: ${JSON.stringify(hosts)} };
    const sites = { urls: ['https://*/*', 'http://*/*'], types: ['main_frame', 'sub_frame', 'xmlhttprequest'] };
    const { onBeforeRequest, onBeforeRedirect, onCompleted, onErrorOccurred } = chrome.webRequest;
    for (const event of [onBeforeRequest, onBeforeRedirect, onCompleted, onErrorOccurred]) event.addListener(() => {}, kakao);
    for (const event of [onBeforeRedirect, onCompleted]) event.addListener(() => {}, sites, ['responseHeaders']);
    chrome.runtime.onStartup.addListener(() => {});
    chrome.runtime.onInstalled.addListener(() => {});`;
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(dir, 'background.js'), script);
  return dir;
}

/** Starts Chromium with one extension, and a shop with a login in front. */
async function start(
  name: string,
  extensionDir: string,
  emulator: { proxyPort: number },
): Promise<Candidate> {
  const profileDir = mkdtempSync(join(tmpdir(), 'call-cost-'));
  const browser = await launch('chromium', {
    extensionDir,
    emulator,
    grants: [SITES.page],
    profileDir,
  });
  const page = await browser.newPage();
  await logIn(page, SITES.page);
  const costs = { call: [], unrelated: [] };
  return { name, browser, page, profileDir, costs };
}

/** CPU time of the whole browser for a request, in ms. */
async function measure({ page, profileDir }: Candidate, kind: Kind): Promise<number> {
  await page.bringToFront();
  const before = cpuOfTree(profileDir);
  const url = kind === 'call' ? 'https://kapi.kakao.com/v1/user/access_token_info' : '/shop-ui.js';
  await page.evaluate(
    async (address, count) => {
      for (let i = 0; i < count; i += 1)
        await fetch(`${address}?${i}`).then(
          (answer) => answer.text(),
          () => {},
        );
    },
    url,
    REQUESTS,
  );
  await new Promise((done) => setTimeout(done, REST_MS));
  return (cpuOfTree(profileDir) - before) / REQUESTS;
}

/**
 * Measures what a recorded call and an unrelated request cost in Chromium, beside an extension that does nothing and, where
 * `other` names its folder, any other one: an earlier build, another tracer. In turn, the order reversed each round.
 */
export async function benchCalls(ours: string, other?: string): Promise<void> {
  const emulator = await startEmulator();
  const noOp = writeNoOp();
  const candidates: Candidate[] = [];
  try {
    const folders = { 'no-op': noOp, ours, ...(other ? { other } : {}) };
    for (const [name, dir] of Object.entries(folders))
      candidates.push(await start(name, dir, emulator));
    for (const candidate of candidates) await measure(candidate, 'call');
    for (let round = 0; round < ROUNDS; round += 1)
      for (const candidate of round % 2 ? candidates.toReversed() : candidates)
        for (const kind of KINDS) candidate.costs[kind].push(await measure(candidate, kind));
    console.log(`\nCPU time of the whole browser, ${REQUESTS} requests a run`);
    for (const { name, costs } of candidates)
      for (const kind of KINDS)
        console.log(`  ${name.padEnd(6)} ${kind.padEnd(10)} ${formatSpread(costs[kind])}`);
  } finally {
    for (const { browser, profileDir } of candidates) {
      await browser.close();
      rmSync(profileDir, { recursive: true, force: true, maxRetries: 10 });
    }
    rmSync(noOp, { recursive: true, force: true });
    await emulator.close();
  }
}
