import { DOCS } from '../../../kakao/docs-links.ts';
import { koeError } from '../../../kakao/koe-errors.ts';
import type { AppRule } from '../../rule.ts';
import { createLoginContext } from '../../context.ts';
import { codeMessage, step } from '../../text.ts';
import { codeUsedTwice } from '../exchange/code-used-twice.ts';
import { exchangeFailed } from '../exchange/exchange-failed.ts';

/** Told by rules that know more of what went before. */
const TOLD = ['KOE202', 'KOE322'];

/** A KOE code, on Kakao's error page or in a token answer (kakao.md 2.1). One finding a code. */
export const oauthError: AppRule = {
  id: 'oauth-error',
  applies: 'app',
  severity: 'error',
  docs: DOCS.errors,
  fix: [step('look_up_code')],
  check({ steps, tokens, logins, whole }) {
    const failed = [...steps, ...tokens.filter((t) => !toldBeside(t))].filter(
      (o) => o.error?.startsWith('KOE') && !TOLD.includes(o.error),
    );
    /** What a login's own exchange was refused with is told beside that login. */
    function toldBeside(t: (typeof tokens)[number]): boolean {
      const login = t.error ? logins.find((l) => l.id === t.loginId) : undefined;
      if (!login) return false;
      const scene = createLoginContext(whole, login);
      return [exchangeFailed, codeUsedTwice].some(
        (rule) =>
          rule.verdicts.includes(scene.verdict.verdict) &&
          rule.check(scene)?.evidence.includes(t.id),
      );
    }
    return [...Map.groupBy(failed, (o) => o.error ?? '')].map(([code, found]) => {
      const known = koeError(code);
      const evidence = found.map((o) => o.id);
      if (!known) return { about: code, evidence, args: [code] };
      return {
        about: code,
        evidence,
        args: [code],
        detail: codeMessage(known.words, 'meaning'),
        fix: [codeMessage(known.words, 'remedy')],
        place: known.place,
      };
    });
  },
};
