const NAME = 'linkwatch-changes';

/** Tells every open page that something stored has changed. */
export function announceChange(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage('changed');
  channel.close();
}

/** Calls back after each stored change; returns a function that ends this. */
export function onChange(callback: () => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', callback);
  return () => channel.close();
}
