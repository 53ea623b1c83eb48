import type { Observation } from '../../model/observation.ts';
import type { BackEndCall, BackEndRecord } from './back-end-call.ts';

/** The id of what a back end's record, by its name, tells by a call with a number in it; more may follow. */
export function joinedId(
  { name }: BackEndRecord,
  { at, fact }: BackEndCall,
  index: number,
): string {
  return `${name}-${at}-${fact.type}-${index}`;
}

/** What begins the id of an observation that a back end's record made; its number in the record comes last. */
const JOINED_ID = /^((?:spans|egress)-\d+)-\d+-([a-z-]+)-(\d+)/;

/** Names the call of a back end's record that made an observation, whichever recording it was joined to; null for others. */
export function joinedCallOf({ id }: Pick<Observation, 'id'>): string | null {
  const [, record, type, index] = JOINED_ID.exec(id) ?? [];
  return record === undefined ? null : `${record} ${type} ${index}`;
}

/** Whether a back end's record made an observation. */
export function isJoined(o: Pick<Observation, 'id'>): boolean {
  return joinedCallOf(o) !== null;
}
