import { describe, expect, test } from 'vitest';
import { createEmptyKakao, registerAccount } from '../../../bin/emulator/setup.ts';

describe('accounts of the emulated Kakao', () => {
  test('nicknames in other letters, or that are taken: get names of their own', () => {
    const kakao = createEmptyKakao();
    const names = ['user2', '가나', 'Alice', 'alice', '다라'].map((nickname) =>
      registerAccount(kakao, nickname),
    );
    expect(names).toEqual(['user2', 'user3', 'alice', 'user4', 'user5']);
    expect([...kakao.accounts.values()].map((account) => account.nickname)).toEqual([
      'user2',
      '가나',
      'Alice',
      'alice',
      '다라',
    ]);
  });
});
