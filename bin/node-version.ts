/** The oldest Node that the command line runs on: `URL.parse` came with it. */
export const OLDEST_NODE = '22.1';

/** Tells whether a Node, by its version such as `22.0.0`, is older than that. */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  return major === oldestMajor ? minor < oldestMinor : major < oldestMajor;
}
