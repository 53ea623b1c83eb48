import { installPackages, missingPackages } from './debian-packages.ts';

/** What the tests of recipes need beyond npm's packages: PHP with Guzzle, and Python's frameworks with httpx. */
const PACKAGES = [
  'php-cli',
  'php-guzzlehttp-guzzle',
  'php-illuminate-http',
  'python3-django',
  'python3-fastapi',
  'python3-httpx',
];

/** Installs what the tests of recipes need, where apt is the way. Without it they are skipped, and say why. */
export function ensureRecipePackages(say: (line: string) => void): void {
  const missing = missingPackages(PACKAGES);
  const failed = missing.length > 0 ? installPackages(missing, say) : null;
  if (failed) say(`Some tests of recipes are skipped: ${failed}`);
}
