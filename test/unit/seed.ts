import fc from 'fast-check';

/** What `npm run fuzz` asks for: this many inputs for each reader of files. 0 in the suite. */
export const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 0);

/**
 * The seed of all generated inputs. The suite tries the same ones each time, so that it fails only for what was
 * changed; `npm run fuzz` tries new ones.
 */
const SUITE_SEED = 20_261_127;
export const SEED = Number(process.env['FUZZ_SEED'] ?? SUITE_SEED);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
