import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASES } from '../unit/report/samples.ts';

const COMMAND = join(import.meta.dirname, '../../bin/linkwatch.ts');

describe('linkwatch mcp, through the SDK’s client', () => {
  const client = new Client({ name: 'test', version: '1' });
  beforeAll(() =>
    client.connect(
      new StdioClientTransport({ command: process.execPath, args: [COMMAND, 'mcp'], cwd: CASES }),
    ),
  );
  afterAll(() => client.close());

  /** Calls a tool; gives its text. */
  async function call(name: string, given: Record<string, unknown> = {}) {
    const result = await client.callTool({ name, arguments: given });
    const [first] = result.content as { type: string; text: string }[];
    return { text: first?.text ?? '', isError: result.isError, more: result.structuredContent };
  }

  test('tools: three, all of which only read', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['check_files', 'explain', 'list_rules']);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    expect(client.getServerVersion()).toMatchObject({ name: 'linkwatch' });
  });

  test('check_files: says what the command line says, and its exit code', async () => {
    const missed = await call('check_files', { files: ['v2-no-call.har'], at: '+30h' });
    expect(missed).toMatchObject({ isError: false, more: { exitCode: 1 } });
    expect(missed.text).toContain('Not completed in time');
    expect(missed.text).toContain('Exit code 1: a first login was missed or late');
    const complete = await call('check_files', {
      files: ['v2-me.har'],
      at: '+30h',
      format: 'json',
      expect_first: 1,
    });
    expect(complete.more).toEqual({ exitCode: 0 });
    expect(JSON.parse(complete.text.split('\nExit code')[0] ?? '')).toMatchObject({
      format: 'linkwatch-report',
      counts: { byVerdict: { complete: 1 } },
    });
  });

  test('check_files, in Korean and with a link mode: is judged by it', async () => {
    const { text, more } = await call('check_files', {
      files: ['v2-me.har'],
      at: '+30h',
      link_modes: ['nobody=manual'],
      language: 'ko',
    });
    expect(text).toContain('완료');
    expect(text).toContain('no app nobody in these files');
    expect(more).toEqual({ exitCode: 0 });
  });

  test.each([
    [{ files: ['nope.har'] }, 'nope.har: no such file'],
    [{ files: ['--out=x'] }, '--out=x: no such file'],
    [{ files: ['v2-me.har'], at: 'soon' }, '--at is an instant'],
    [{ files: ['-'] }, 'files.0: '],
    [{ files: [] }, 'files: '],
    [{ files: ['v2-me.har'], out: 'x' }, 'out: '],
    [{}, 'files: '],
  ])('check_files %j: is refused in words', async (given, words) => {
    const { isError, text } = await call('check_files', given);
    expect([isError, text]).toEqual([true, expect.stringContaining(words)]);
  });

  test.each([
    ['KOE320', /^KOE320 \(HTTP .+\): .+\n.+/],
    ['-402', /^-402 \(HTTP .*403.*\): /],
    ['missed', /^not completed in time \(기한 내 미완료\): The window passed/],
    ['qualifying call', /^qualifying call/],
    ['not-visible', /^The window passed. The calls may have been made/],
    ['token-only', /^### `token-only`[\s\S]+1\. /],
  ])('explain %s', async (word, words) => {
    const { text, isError } = await call('explain', { word });
    expect(text).toMatch(words);
    expect(isError).toBe(false);
  });

  test('explain: Korean where asked for, and what nobody knows is said so', async () => {
    expect((await call('explain', { word: 'KOE320', language: 'ko' })).text).toMatch(/[가-힣]/);
    const unknown = await call('explain', { word: 'constructor' });
    expect(unknown).toMatchObject({ isError: true, text: expect.stringContaining('list_rules') });
    expect((await call('explain', {})).text).toContain('word: ');
  });

  test('list_rules: every rule, each of which can be explained', async () => {
    const lines = (await call('list_rules')).text.split('\n');
    expect(lines.length).toBeGreaterThan(30);
    const [id = ''] = lines[0]?.split(' ') ?? [];
    expect((await call('explain', { word: id })).text).toContain(`### \`${id}\``);
    expect((await call('list_rules', { language: 'ko' })).text).toMatch(/[가-힣]/);
  });

  test('requests from a pipe, which is closed at once: are answered', () => {
    const params = { name: 'check_files', arguments: { files: ['v2-me.har'] } };
    const request = { jsonrpc: '2.0', id: 7, method: 'tools/call', params };
    const input = `${JSON.stringify(request)}\n`;
    const ran = spawnSync(process.execPath, [COMMAND, 'mcp'], { cwd: CASES, input });
    expect(JSON.parse(ran.stdout.toString())).toMatchObject({ id: 7, result: { isError: false } });
  });

  test('unknown tool: is refused', async () => {
    expect(await call('remove_files')).toMatchObject({ isError: true });
  });
});
