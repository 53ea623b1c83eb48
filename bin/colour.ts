/**
 * Tells whether text is coloured, by the conventions: NO_COLOR (https://no-color.org) turns it off, FORCE_COLOR on even
 * where no terminal reads; without either a terminal that shows colours has them.
 */
export function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
