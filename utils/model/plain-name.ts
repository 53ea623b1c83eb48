/** Rejects names such as `constructor`, which every object has: as keys of a record they would not be data. */
export function isPlainName(name: string): boolean {
  return !(name in Object.prototype);
}
