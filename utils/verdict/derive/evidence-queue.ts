import type { Evidence, Login } from '../../model/login.ts';

/** All requests that are evidence, in order of arrival: each is applied once all logins before it are derived. */
export class EvidenceQueue {
  /** How many of the first ones were applied. */
  applied = 0;
  readonly #all: Evidence[] = [];
  readonly #keys = new Set<string>();

  /** Adds the requests of a login that are not known yet. */
  add(login: Login): void {
    for (const request of login.evidence) {
      const key = keyOf(request);
      if (this.#keys.has(key)) continue;
      this.#keys.add(key);
      const place = this.#all.findLastIndex((other) => compare(other, request) <= 0);
      this.#all.splice(place + 1, 0, request);
    }
  }

  /** Forgets all evidence of some requests, by their ids. None of it may be applied. */
  forget(requests: ReadonlySet<string>): void {
    if (requests.size === 0) return;
    for (let i = this.#all.length - 1; i >= this.applied; i -= 1) {
      const request = this.#all[i];
      if (!request || !requests.has(request.id)) continue;
      this.#all.splice(i, 1);
      this.#keys.delete(keyOf(request));
    }
  }

  /** The next request, which counts as applied from now on, where it arrived before the login with an ordinal. */
  takeBefore(ordinal: number): Evidence | undefined {
    const request = this.#all[this.applied];
    if (!request || request.before > ordinal) return undefined;
    this.applied += 1;
    return request;
  }
}

/** One request may be evidence of several things. */
function keyOf({ id, what }: Evidence): string {
  return `${id} ${what}`;
}

function compare(a: Evidence, b: Evidence): number {
  if (a.before !== b.before) return a.before - b.before;
  if (a.at !== b.at) return a.at - b.at;
  // One answer may report a sign-up call and, after it, that the account is signed up.
  const [isTold, isOtherTold] = [a.what === 'signed-up', b.what === 'signed-up'];
  if (isTold !== isOtherTold) return isTold ? 1 : -1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : a.what < b.what ? -1 : 1;
}
