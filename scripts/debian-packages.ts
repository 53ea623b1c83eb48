import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';

/** Whether a file was installed by a Debian package. */
export function comesFromApt(path: string): boolean {
  return isDebian() && spawnSync('dpkg-query', ['--search', realpathSync(path)]).status === 0;
}

/** Debian proper: elsewhere the packages of these names only point to a snap, or do not exist. */
function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Those of the packages that are not installed; none where apt is not the way. */
export function missingPackages(packages: string[]): string[] {
  if (!isDebian()) return [];
  return packages.filter((wanted) => {
    const asked = spawnSync('dpkg-query', ['-W', '-f=${Status}', wanted], { encoding: 'utf8' });
    return asked.status !== 0 || !asked.stdout.includes('ok installed');
  });
}

/** Installs Debian packages; `say` gets one line a step. Returns why it failed, with apt's last words, or null. */
export function installPackages(packages: string[], say: (line: string) => void): string | null {
  if (process.getuid?.() !== 0) return `"apt-get install ${packages.join(' ')}" needs root.`;
  let lastWords = '';
  const apt = (...args: string[]): boolean => {
    const { status, stdout, stderr } = spawnSync(
      'apt-get',
      ['-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0', ...args],
      {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      },
    );
    lastWords = `${stdout}${stderr}`.trim().split('\n').slice(-3).join(' ');
    return status === 0;
  };
  say(`Installing ${packages.join(', ')} with apt. This takes a minute or two.`);
  if (!apt('update')) return `"apt-get update" failed (${lastWords}).`;
  const done = apt('install', '--yes', '--no-install-recommends', ...packages);
  return done ? null : `"apt-get install ${packages.join(' ')}" failed (${lastWords}).`;
}
