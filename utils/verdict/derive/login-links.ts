import type { Link } from './link.ts';

/** The links that a login's token may be for: one surely, or several perhaps. */
export interface LoginLinks {
  surely: Link | null;
  perhaps: Link[];
  /** The one of these that the login found, rather than making one; absent where none is likelier. */
  likely?: Link | undefined;
}

/** All of these links. */
export function allLinks({ surely, perhaps }: LoginLinks): Link[] {
  return surely ? [surely, ...perhaps] : perhaps;
}
