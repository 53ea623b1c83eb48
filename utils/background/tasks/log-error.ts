/** Writes an error to the console: of a task that nobody waits for. */
export function logError(error: unknown): void {
  console.error(error);
}
