/** Writes an error to the console: of a task that nobody waits for, or of one that goes on in another way. */
export function logError(error: unknown): void {
  console.error(error);
}
