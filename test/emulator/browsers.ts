import type { Emulator } from './contract.ts';

type Reachable = Pick<Emulator, 'port' | 'proxyPort' | 'hosts'>;

/** Chromium arguments that send every known host to the emulator and all others nowhere. */
export function chromiumArguments({ port, hosts }: Reachable): string[] {
  const rules = hosts.map((host) => `MAP ${host}:443 127.0.0.1:${port}`);
  return [
    `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(',')}`,
    '--ignore-certificate-errors',
  ];
}

/** Firefox preferences that send everything through the emulator's proxy. Accept insecure certificates too. */
export function firefoxPreferences({ proxyPort }: Reachable): Record<string, unknown> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.no_proxies_on': '',
  };
}
