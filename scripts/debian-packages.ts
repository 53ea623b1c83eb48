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

/** Installs Debian packages with apt's progress on stderr. Gives why it failed, or null. */
export function installPackages(packages: string[], say: (line: string) => void): string | null {
  if (process.getuid?.() !== 0) return `"apt-get install ${packages.join(' ')}" needs root.`;
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  say(`Installing ${packages.join(', ')} with apt. This takes a minute or two.`);
  if (!apt('update')) return '"apt-get update" failed.';
  const done = apt('install', '--yes', '--no-install-recommends', ...packages);
  return done ? null : `"apt-get install ${packages.join(' ')}" failed.`;
}
