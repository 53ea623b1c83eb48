import { isAppKey } from '../kakao/app-key.ts';
import { fnv1a } from './fnv1a.ts';

/** Length of the hash in hex digits: 40 bits. */
const LENGTH = 10;

/**
 * Returns what tells apps apart whose masked keys look alike: ten hex digits, the same in every browser and whether or
 * not keys are masked. Null where the key is masked or unknown, or is none of Kakao's, which could be guessed from its hash.
 *
 * The hash tells 40 of a key's 128 bits and the masked form 24, so 64 stay unknown, whichever function it is. Whoever
 * has the key already can recognize it.
 */
export function hashAppKey(clientId: string): string | null {
  return isAppKey(clientId) ? fnv1a(clientId.toLowerCase(), 64).slice(0, LENGTH) : null;
}

interface HashedApp {
  clientId: string;
  keyHash?: string | undefined;
}

/**
 * Maps the keys of apps, as they stand in files, to the hashes that the files give for them. A masked key that stands
 * for different apps has none.
 */
export function keyHashesOf(apps: readonly HashedApp[]): Map<string, string> {
  const byKey = Map.groupBy(apps, (app) => app.clientId);
  const hashes = new Map<string, string>();
  for (const [clientId, same] of byKey) {
    const [hash, ...others] = new Set(same.map((app) => app.keyHash));
    if (hash && others.length === 0) hashes.set(clientId, hash);
  }
  return hashes;
}
