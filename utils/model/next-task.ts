/** Resolves in a task of its own. A message is not held back as timers are, which in a hidden tab come once a second. */
export function nextTask(): Promise<void> {
  return new Promise((done) => {
    // oxlint-disable-next-line no-restricted-globals -- pages and workers wait with it, nothing pure does
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      done();
    });
    port1.start();
    port2.postMessage(null);
  });
}
