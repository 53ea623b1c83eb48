const NAME = 'linkwatch-changes';

/** Kept open: making one for each change costs more than the message. */
let announcing: BroadcastChannel | undefined;

/** Tells every open page that something stored has changed. */
export function announceChange(): void {
  announcing ??= new BroadcastChannel(NAME);
  announcing.postMessage('changed');
}

/** Calls back after each stored change; returns a function that ends this. */
export function onChange(callback: () => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', callback);
  return () => channel.close();
}
