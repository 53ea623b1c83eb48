import type { Emulator } from './contract.ts';

type Reachable = Pick<Emulator, 'port' | 'hosts'>;

/** Chromium arguments that send every known host to the emulator and all others nowhere. */
export function chromiumArguments({ port, hosts }: Reachable): string[] {
  const rules = hosts.map((host) => `MAP ${host}:443 127.0.0.1:${port}`);
  return [
    `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(',')}`,
    '--ignore-certificate-errors',
  ];
}
