/**
 * Keeps of what is remembered the latest so many: called after each addition, it forgets what came first where that is one
 * too many. Returns the key that went; undefined where none did.
 */
export function keepLatest<K>(remembered: Map<K, unknown> | Set<K>, most: number): K | undefined {
  if (remembered.size <= most) return undefined;
  const [oldest] = remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);
  return oldest;
}
