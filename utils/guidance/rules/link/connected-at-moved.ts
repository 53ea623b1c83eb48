import { DOCS } from '../../../kakao/docs-links.ts';
import { ALL_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

const ROUNDING_MS = 2000;

/** The same user id with a newer `connected_at`: the link was cut and made again in between (kakao.md 4). */
export const connectedAtMoved: LoginRule = {
  id: 'connected-at-moved',
  applies: 'login',
  severity: 'warning',
  verdicts: ALL_VERDICTS,
  docs: DOCS.rest,
  fix: [step('complete_in_time'), step('logout_not_unlink')],
  check({ login, before, whole }) {
    const { connectedAt, userHash } = login;
    if (connectedAt === null || userHash === null) return null;
    const older = before.findLast(
      (l) => l.clientId === login.clientId && l.userHash === userHash && l.connectedAt !== null,
    );
    if (!older || connectedAt - (older.connectedAt ?? 0) <= ROUNDING_MS) return null;
    const showing = [older, login].flatMap((l) =>
      (whole.placed.get(l.id) ?? []).filter((o) => o.type === 'api' && o.connectedAt !== null),
    );
    return { evidence: [older.id, login.id, ...showing.map((o) => o.id)] };
  },
};
