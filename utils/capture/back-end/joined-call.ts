import type { Observation } from '../../model/observation.ts';

/** What begins the id of an observation that a back end's record made; its number in the record comes last. */
const JOINED_ID = /^((?:spans|egress)-\d+)-\d+-[a-z-]+-(\d+)/;

/** Names the call of a back end's record that made an observation, whichever recording it was joined to; null for others. */
export function joinedCallOf({ id }: Pick<Observation, 'id'>): string | null {
  const [, record, index] = JOINED_ID.exec(id) ?? [];
  return record === undefined ? null : `${record} ${index}`;
}
