/**
 * Wraps a task so that it never runs twice at a time: calls that come while it runs lead to one more run after it.
 * The returned promise settles once no run is due. The task must not reject.
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
