import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { Kakao } from '../../test/emulator/kakao.ts';
import { badArguments, oneLine, Problem } from '../problem.ts';
import {
  chromiumArguments,
  NotLoopbackError,
  saveCertificate,
  startKakaoServer,
  type KakaoServer,
} from './kakao-server.ts';
import { createEmptyKakao, durationOf, letPass, registerAccount, registerApp } from './setup.ts';

/** What the emulator needs of the command line. */
export interface EmulatorPorts {
  stdin: Readable;
  out: (text: string) => void;
  untilStopped: () => Promise<void>;
}

const USUAL_PORT = '8787';
const USUAL_ACCOUNTS = ['alice', 'bob'];

/** Runs `linkwatch emulator` until the user ends it. Throws Problem. */
export async function runEmulator(args: string[], ports: EmulatorPorts): Promise<void> {
  const options = readOptions(args);
  const kakao = createEmptyKakao();
  for (const app of options.apps) registerApp(kakao, app);
  for (const name of options.accounts) registerAccount(kakao, name);
  const server = await start(kakao, options);
  const certificate = await saveCertificate(server);
  ports.out(`${describe(kakao, server, certificate.file).join('\n')}\n`);
  const lines = createInterface({ input: ports.stdin });
  lines.on('line', (line) => ports.out(`${obey(kakao, line.trim())}\n`));
  await ports.untilStopped();
  lines.close();
  ports.stdin.destroy();
  await certificate.remove();
  await server.close();
}

function readOptions(args: string[]) {
  const values = parsed(args);
  const modes = new Map(
    (values['link-mode'] ?? []).map((text) => pair('--link-mode', text, 'auto')),
  );
  const apps = (values.app ?? []).map((text) => {
    const [clientId, redirectUri] = pair('--app', text, 'REDIRECT_URI');
    if (!URL.canParse(redirectUri))
      throw new Problem(
        `--app ${clientId} needs a whole address, such as https://localhost/callback`,
      );
    const linkMode = modes.get(clientId) ?? 'auto';
    if (linkMode !== 'auto' && linkMode !== 'manual')
      throw new Problem('--link-mode is APP=auto or APP=manual');
    return { clientId, redirectUri, linkMode } as const;
  });
  for (const clientId of modes.keys())
    if (!apps.some((app) => app.clientId === clientId))
      throw new Problem(`--link-mode ${clientId}: there is no --app of this key`);
  const port = Number(values.port ?? USUAL_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem('--port is a number from 0 to 65535; 0 takes any free one');
  return {
    apps,
    accounts: values.account ?? USUAL_ACCOUNTS,
    port,
    host: values.host ?? '127.0.0.1',
    exposed: values.expose ?? false,
  };
}

function parsed(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        app: { type: 'string', multiple: true },
        'link-mode': { type: 'string', multiple: true },
        account: { type: 'string', multiple: true },
        port: { type: 'string' },
        host: { type: 'string' },
        expose: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw badArguments(error);
  }
}

function pair(option: string, text: string, example: string): [string, string] {
  const [, name, value] = /^([\w.-]{1,80})=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Problem(`${option} is APP=${example}`);
  return [name, value];
}

async function start(kakao: Kakao, options: ReturnType<typeof readOptions>): Promise<KakaoServer> {
  try {
    return await startKakaoServer({ kakao }, options);
  } catch (error) {
    if (error instanceof NotLoopbackError)
      throw new Problem(
        `--host ${options.host} can be reached by other machines, and the emulator signs in anybody; add --expose if that is meant`,
      );
    const { code } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    throw new Problem(`port ${options.port} cannot be used (${code}); give another --port`);
  }
}

/** What the user has to know to send a browser and a back end here. */
function describe(kakao: Kakao, server: KakaoServer, certificate: string): string[] {
  const apps = [...kakao.apps.values()];
  return [
    `Emulated Kakao at ${server.url}. For tests only: it signs in anybody without a password.`,
    '',
    'Back end, by address:  use it in the place of https://kauth.kakao.com and https://kapi.kakao.com',
    `Back end, by proxy:    HTTPS_PROXY=${server.url} NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS=${certificate}`,
    `Chromium:              --user-data-dir=$(mktemp -d) ${chromiumArguments(server)
      .map((argument) => `'${argument}'`)
      .join(' ')}`,
    `Apps:                  ${apps.map((app) => `${app.clientId} (${app.linkMode}) ${app.redirectUris.join(' ')}`).join(', ') || 'none; give --app APP=REDIRECT_URI'}`,
    `Accounts:              ${[...kakao.accounts.keys()].join(', ')}`,
    'Type pass 25h or links. Ctrl-C ends it.',
  ];
}

/** Does what a line of input asks for, and gives the answer. */
function obey(kakao: Kakao, line: string): string {
  const [word, time = ''] = line.split(/\s+/);
  if (word === 'links')
    return (
      kakao.world.links
        .map((link) => `${link.account} ${oneLine(link.clientId)} ${link.state}`)
        .join('\n') || 'no links'
    );
  if (word !== 'pass') return 'pass 25h, or links';
  try {
    letPass(kakao, durationOf(time));
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return `it is ${new Date(kakao.clock.now()).toISOString()} for Kakao`;
}
