import type { Link } from './link.ts';

/** The links that a login's token may be for: one surely, or several perhaps. */
export interface LoginLinks {
  surely: Link | null;
  perhaps: Link[];
}

/** All of these links. */
export function allLinks({ surely, perhaps }: LoginLinks): Link[] {
  return surely ? [surely, ...perhaps] : perhaps;
}
