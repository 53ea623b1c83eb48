/** Returns the files that were chosen in a field, and empties it, so that the same file can be chosen again. */
export function takeFiles(field: HTMLInputElement): File[] {
  const files = [...(field.files ?? [])];
  field.value = '';
  return files;
}
