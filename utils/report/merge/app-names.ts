import { isMasked, maskClientId, withoutNumber } from '../../kakao/mask-client-id.ts';
import { hashAppKey, keyHashesOf } from '../app-key-hash.ts';
import type { FileContents } from '../import/file-contents.ts';

/**
 * Creates a function that names the app of a file's app key: a masked one gets its whole form where the files hold exactly
 * one that fits, and another number where its hash tells it from an app of the same masked form.
 */
export function createAppNames(
  files: readonly FileContents[],
): (file: FileContents, clientId: string) => string {
  const keys = files.flatMap((f) =>
    f.observations.flatMap((o) => ('clientId' in o ? (o.clientId ?? []) : [])),
  );
  /** Masked form to whole key; null where several keys have that form. */
  const wholeKeys = new Map<string, string | null>();
  const byHash = new Map<string, string>();
  for (const key of new Set(keys)) {
    if (isMasked(key)) continue;
    const masked = maskClientId(key);
    const hash = hashAppKey(key);
    wholeKeys.set(masked, wholeKeys.has(masked) ? null : key);
    if (hash) byHash.set(hash, key);
  }
  const used = new Set<string>();
  const names = new Map<FileContents, ReadonlyMap<string, string>>();
  for (const file of files) {
    const hashed = [...keyHashesOf(file.report.apps ?? [])].filter(([key]) => isMasked(key));
    for (const [key, hash] of hashed) {
      let name = byHash.get(hash) ?? key;
      for (let n = 2; !byHash.has(hash) && used.has(name); n++) name = `${withoutNumber(key)}~${n}`;
      byHash.set(hash, name);
      used.add(name);
    }
    names.set(file, new Map(hashed.map(([key, hash]) => [key, byHash.get(hash) ?? key])));
  }
  return (file, clientId) =>
    names.get(file)?.get(clientId) ??
    (isMasked(clientId) ? (wholeKeys.get(clientId) ?? clientId) : clientId);
}
