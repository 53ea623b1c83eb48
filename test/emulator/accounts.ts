import type { Account } from './contract.ts';
import type { Secrets } from './secrets.ts';

/** An account called `name` whose personal data is unmistakable, and noted as canaries. */
export function createAccount(name: string, secrets: Secrets): Account {
  const mark = secrets.issue('who').slice(-8);
  const digits = String(parseInt(mark, 16) % 100_000_000).padStart(8, '0');
  const account: Account = {
    name,
    email: `${name}.${mark}@mail.test`,
    phone: `+82 10-${digits.slice(0, 4)}-${digits.slice(4)}`,
    nickname: `nick-${name}-${mark}`,
    password: `pw-${name}-${mark}`,
    birthday: `birthday-${mark}`,
    address: `${mark} Teheran-ro, Seoul`,
  };
  for (const [field, value] of Object.entries(account)) if (field !== 'name') secrets.note(value);
  return account;
}

/** The accounts of a fresh emulator, by name. */
export function defaultAccounts(secrets: Secrets): Map<string, Account> {
  const names = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
  return new Map(names.map((name) => [name, createAccount(name, secrets)]));
}
