import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { run } from './run.ts';

/** Starts `linkwatch emulator`, hands what it said to `act`, and ends it. */
async function whileRunning(
  args: string[],
  act: (told: { url: string; text: () => string; type: (line: string) => void }) => Promise<void>,
) {
  const stdin = new PassThrough();
  let text = '';
  let stop = () => {};
  const stopped = new Promise<void>((done) => (stop = done));
  const started = Promise.withResolvers<string>();
  const ran = run(['emulator', '--port', '0', ...args], {
    stdin,
    out: (more) => {
      text += more;
      const [, url] = /Emulated Kakao at (http:\S+)\. /.exec(text) ?? [];
      if (url) started.resolve(url);
    },
    untilStopped: () => stopped,
  });
  void ran.then(({ error }) => started.reject(new Error(error)));
  try {
    const url = await started.promise;
    await act({ url, text: () => text, type: (line) => void stdin.write(`${line}\n`) });
  } finally {
    stop();
  }
  return ran;
}

const HAS_IPV6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');
const LINES = ['--app', 'key=http://localhost:3000/cb', '--account', 'kim'];

describe('linkwatch emulator', () => {
  test('says how to reach it, and answers back ends by address', async () => {
    let certificate = '';
    const ran = await whileRunning(LINES, async ({ url, text }) => {
      expect(text()).toContain('key (auto) http://localhost:3000/cb');
      expect(text()).toContain('Accounts:              kim');
      expect(text()).toContain('MAP kauth.kakao.com:443 127.0.0.1:');
      [, certificate = ''] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(text()) ?? [];
      expect(existsSync(certificate)).toBe(true);
      const me = await fetch(`${url}/v2/user/me`);
      expect([me.status, await me.json()]).toMatchObject([401, { code: -401 }]);
      const token = await fetch(`${url}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'key',
          code: 'x',
        }),
      });
      expect([token.status, await token.json()]).toMatchObject([400, { error_code: 'KOE320' }]);
    });
    expect(ran).toMatchObject({ code: 0, error: '' });
    expect(existsSync(certificate)).toBe(false);
  });

  test('proxy: what a Node back end needs, fetch included, stands in one line', async () => {
    await whileRunning(LINES, async ({ url, text }) => {
      const [, variables = ''] = /by proxy: +(.+)/.exec(text()) ?? [];
      const asked = "fetch('https://kapi.kakao.com/v2/user/me').then((r) => console.log(r.status))";
      const { stdout } = await promisify(execFile)(process.execPath, ['--eval', asked], {
        env: Object.fromEntries(variables.split(' ').map((word) => word.split('='))),
      });
      expect(variables).toContain(`HTTPS_PROXY=${url} `);
      expect(stdout).toBe('401\n');
    });
  });

  test.skipIf(!HAS_IPV6)('--host ::1: Chromium is sent to where it is reached', async () => {
    await whileRunning(['--host', '::1'], async ({ text }) => {
      const [, port] = /MAP kauth\.kakao\.com:443 \[::1\]:(\d+),/.exec(text()) ?? [];
      const socket = connect(Number(port), '::1');
      await once(socket, 'connect');
      expect(socket.remotePort).toBe(Number(port));
      socket.destroy();
    });
  });

  test('pass: moves the clock of Kakao', async () => {
    await whileRunning(LINES, async ({ text, type }) => {
      type('links');
      type('pass 25h');
      type('pass soon');
      await expect.poll(text).toContain('not a length of time such as 25h: soon');
      expect(text()).toContain('no links');
      const [, instant = ''] = /it is (\S+) for Kakao/.exec(text()) ?? [];
      expect(Date.parse(instant) - Date.now()).toBeGreaterThan(24.9 * 3_600_000);
    });
  });

  test('proxy: refuses every host that is not emulated', async () => {
    await whileRunning(LINES, async ({ url }) => {
      const answer = (host: string) =>
        new Promise<string>((done) => {
          const socket = connect(Number(new URL(url).port), '127.0.0.1');
          socket.once('data', (data) => {
            socket.destroy();
            done(String(data).split('\r\n', 1)[0] ?? '');
          });
          socket.write(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
        });
      expect(await answer('kapi.kakao.com:443')).toContain('200');
      expect(await answer('example.com:443')).toContain('502');
      expect(await answer('kapi.kakao.com:22')).toContain('502');
    });
  });

  test.each([
    [['--host', '0.0.0.0'], 'add --expose if that is meant'],
    [['--host', '192.168.0.1'], 'add --expose'],
    [['--port', 'x'], '--port is a number'],
    [['--app', 'key'], '--app is APP=REDIRECT_URI'],
    [['--app', 'key=callback'], 'needs a whole address'],
    [['--app', 'key=http://a/b', '--link-mode', 'key=x'], 'APP=auto or APP=manual'],
    [
      ['--app', 'key=http://a/b', '--link-mode', 'kye=manual'],
      '--link-mode kye: there is no --app of this key',
    ],
    [['--nonsense'], 'nonsense'],
  ])('emulator %j: 2, one line on standard error', async (args, why) => {
    const ran = await run(['emulator', ...args]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.error).toMatch(/^linkwatch: [^\n]+\n$/);
    expect(ran.error).toContain(why);
  });
});
