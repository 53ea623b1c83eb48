import type { DerivedFields, Login } from '../model/login.ts';

type LinkFields = Omit<DerivedFields, 'kind' | 'kindBecause' | 'certainty' | 'accountId'>;

/** What is said of the link of a login before anything is derived. No value in derived fields is ever changed in place. */
export const NOTHING_DERIVED: Readonly<LinkFields> = {
  creditedListedCall: null,
  creditedSignupCall: null,
  cut: null,
  linkSurvived: null,
  possibleCalls: {},
  openDoubts: [],
};

/** Finds the logins whose derived fields are others than before: most are derived anew and stay as they were. */
export class ChangedLogins {
  /** What the fields were, of each login that was touched. */
  #before = new Map<Login, DerivedFields>();

  /** Notes the derived fields of a login, which are to be changed. */
  readonly note = (login: Login): void => {
    if (!this.#before.has(login)) this.#before.set(login, derivedFields(login));
  };

  /** The ids of the logins whose derived fields differ from what they were when this was last asked. */
  take(): string[] {
    const before = this.#before;
    this.#before = new Map();
    return [...before].flatMap(([login, was]) => (isAsBefore(was, login) ? [] : login.id));
  }
}

/** The derived fields of a login as they stand. */
function derivedFields(login: Login): DerivedFields {
  return {
    kind: login.kind,
    kindBecause: login.kindBecause,
    certainty: login.certainty,
    accountId: login.accountId,
    creditedListedCall: login.creditedListedCall,
    creditedSignupCall: login.creditedSignupCall,
    cut: login.cut,
    linkSurvived: login.linkSurvived,
    possibleCalls: login.possibleCalls,
    openDoubts: login.openDoubts,
  };
}

function isAsBefore(was: DerivedFields, is: DerivedFields): boolean {
  const fields = Object.keys(was) as (keyof DerivedFields)[];
  return fields.every((f) => was[f] === is[f] || JSON.stringify(was[f]) === JSON.stringify(is[f]));
}
