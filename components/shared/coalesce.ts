/**
 * Makes a task that never runs twice at a time: calls that come while it runs are answered by one more run after it.
 * The returned promise settles once no run is due; the task must not reject.
 */
export function coalesce(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await task();
    } while (again);
    running = null;
  };
  return () => {
    if (running) again = true;
    else running = run();
    return running;
  };
}
