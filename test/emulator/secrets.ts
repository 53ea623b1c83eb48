import { randomBytes } from 'node:crypto';

export interface Secrets {
  /** A fresh secret `PREFIX-<32 hex>`, remembered as a canary. */
  issue(prefix: string): string;
  /** Remembers a secret that came from outside (state, nonce, verifier …). */
  note(value: string | null | undefined): void;
  readonly all: readonly string[];
}

// Shorter values would be found by accident in innocent text.
const SHORTEST = 8;

/** Collects every secret value that traffic carries, so that tests can search for leaks. */
export function createSecrets(): Secrets {
  const all: string[] = [];
  const known = new Set<string>();
  const note = (value: string | null | undefined): void => {
    if (!value || value.length < SHORTEST || known.has(value)) return;
    known.add(value);
    all.push(value);
  };
  return {
    all,
    note,
    issue: (prefix) => {
      const value = `${prefix}-${randomBytes(16).toString('hex')}`;
      note(value);
      return value;
    },
  };
}
