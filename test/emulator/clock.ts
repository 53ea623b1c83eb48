export interface Clock {
  now(): number;
  advance(ms: number): void;
}

/** A clock that runs like the real one from `start` (epoch ms, default: the real instant). */
export function createClock(start?: number): Clock {
  let offset = start === undefined ? 0 : start - Date.now();
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}
