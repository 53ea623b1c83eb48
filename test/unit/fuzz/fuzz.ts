import fc from 'fast-check';
import { FUZZ_RUNS, SEED } from '../seed.ts';

/** Longest time of one test, in ms: many inputs take minutes, and longer where the machine is busy. */
export const FUZZ_TIMEOUT = FUZZ_RUNS ? 7_200_000 : 600_000;

/**
 * Tries a reader with generated inputs: `usual` of them where no number was asked for. Prints the seed, with which the
 * same inputs come again: `npm run fuzz -- SEED`. A failure shows the smallest input that fails.
 */
export async function holdsFor<T>(
  reader: string,
  usual: number,
  input: fc.Arbitrary<T>,
  holds: (input: T) => Promise<void> | void,
): Promise<void> {
  const numRuns = FUZZ_RUNS || usual;
  process.stdout.write(`fuzz: ${reader}, ${numRuns} inputs, seed ${SEED}\n`);
  await fc.assert(
    fc.asyncProperty(input, async (value) => {
      await holds(value);
    }),
    { numRuns },
  );
}

/** A secret that may stand anywhere in an input and in no line about it. */
export const CANARY = 'S3CRET-canary';

/** Values that readers trip over: no text where text is expected, names of objects' own, numbers that are none. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    { toString: 1 },
    { toString: 1, valueOf: 1 },
    { toString: null, length: 3 },
    [{ toString: 1 }],
    [[]],
    {},
    null,
    true,
    -1,
    0.5,
    1000,
    99_999,
    1e300,
    '',
    '__proto__',
    'constructor',
    CANARY,
    `${CANARY}\n\u001b[31m`,
    '\ud800',
    '\u0000',
    'x'.repeat(3000),
    '2026-02-30T00:00:00.000Z',
    '9999-12-31T23:59:59.999-12:00',
    '+275760-09-13T00:00:00.000Z',
  ),
);

type Json = Record<string, unknown>;

/** Where in a JSON value something may be put: the paths of all its parts. */
export function placesIn(value: unknown, at: readonly string[] = []): string[][] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => placesIn(part, [...at, key]))
      : [];
  return at.length ? [[...at], ...inner] : inner;
}

/** Puts a value at a place; where the place is gone by an earlier change, nothing changes. */
export function putAt(value: unknown, place: readonly string[], odd: unknown): void {
  const last = place.at(-1) ?? '';
  let target = value;
  for (const key of place.slice(0, -1))
    target = typeof target === 'object' && target !== null ? (target as Json)[key] : undefined;
  if (typeof target !== 'object' || target === null) return;
  Object.defineProperty(target, last, {
    value: odd,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
