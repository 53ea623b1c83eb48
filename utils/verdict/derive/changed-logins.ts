import type { DerivedFields, Login } from '../../model/login.ts';
import { NOTHING_DERIVED } from '../state/nothing-derived.ts';

/** The names of all derived fields; `kindBecause` stands for `kind` too. */
const FIELDS = [
  'kindBecause',
  'certainty',
  'accountId',
  ...Object.keys(NOTHING_DERIVED),
] as (keyof DerivedFields)[];

/** Finds the logins whose derived fields are others than before: most are derived anew and stay as they were. */
export class ChangedLogins {
  /** The values of the fields, of each login that was touched, as they were. */
  readonly #before = new Map<Login, unknown[]>();

  /** Notes the derived fields of a login, which are to be changed. */
  note(login: Login): void {
    if (!this.#before.has(login)) this.#before.set(login, valuesOf(login));
  }

  /** The ids of the logins whose derived fields differ from what they were at first. */
  ids(): string[] {
    const hasChanged = ([login, was]: [Login, unknown[]]) =>
      valuesOf(login).some((value, i) => !isSame(value, was[i]));
    return [...this.#before].filter(hasChanged).map(([login]) => login.id);
  }
}

function valuesOf(login: Login): unknown[] {
  return FIELDS.map((field) => login[field]);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
