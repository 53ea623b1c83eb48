import { REDIRECT_URIS } from '../../../kakao/console-menus.ts';
import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** A request to one of these hosts does not leave the machine. */
const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isPlainHttp(uri: string | null): boolean {
  if (!uri?.startsWith('http://') || !URL.canParse(uri)) return false;
  return !LOOPBACK.test(new URL(uri).hostname);
}

/** Fires when the code comes back over plain http, where anyone on the way can read it. */
export const plainHttpRedirect: AppRule = {
  id: 'plain-http-redirect',
  applies: 'app',
  severity: 'warning',
  place: REDIRECT_URIS,
  docs: DOCS.security,
  fix: [step('https_redirect'), step('loopback_for_local')],
  check({ authorizeRequests }) {
    const plain = authorizeRequests.filter((r) => isPlainHttp(r.redirectUri));
    const uris = [...new Set(plain.map((r) => `\`${r.redirectUri}\``))].join(', ');
    return plain.length ? [{ evidence: plain.map((r) => r.id), args: [uris] }] : [];
  },
};
