import { REDIRECT_URIS } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isPlain(uri: string | null): boolean {
  if (!uri?.startsWith('http://') || !URL.canParse(uri)) return false;
  return !LOOPBACK.test(new URL(uri).hostname);
}

/** The code comes back over plain http, where anyone on the way can read it. Loopback does not leave the machine. */
export const plainHttpRedirect: AppRule = {
  id: 'plain-http-redirect',
  applies: 'app',
  severity: 'warning',
  place: REDIRECT_URIS,
  docs: DOCS.security,
  fix: [step('https_redirect'), step('loopback_for_local')],
  check({ steps }) {
    const plain = steps.filter((s) => isPlain(s.redirectUri));
    const uris = [...new Set(plain.map((s) => `\`${s.redirectUri}\``))].join(', ');
    return plain.length ? [{ evidence: plain.map((s) => s.id), args: [uris] }] : [];
  },
};
