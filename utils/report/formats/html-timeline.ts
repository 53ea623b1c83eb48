import { CUT_BY_MS, WINDOW_MS } from '../../kakao/policy.ts';
import type { ReportLogin } from '../document.ts';
import { escapeHtml } from './escape-markup.ts';

const WIDTH = 480;
const HEIGHT = 16;

/** The 48 hours after a login to scale: the window, the band in which Kakao cuts the link, and the calls. */
export function timelineSvg(login: ReportLogin, label: string): string {
  const from = Date.parse(login.loggedInAt);
  const x = (at: number) =>
    Math.round((Math.min(Math.max(at - from, 0), CUT_BY_MS) / CUT_BY_MS) * WIDTH * 10) / 10;
  const window = x(Math.min(Date.parse(login.deadline), from + WINDOW_MS));
  const band = x(from + WINDOW_MS);
  const marks = login.calls.map((c) => {
    const at = Math.min(x(Date.parse(c.at)), WIDTH - 3);
    return `<rect class="${c.counts ? 'counts' : 'call'}" x="${at}" y="0" width="3" height="${HEIGHT}"/>`;
  });
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(label)}">`,
    `<rect class="window" x="0" y="3" width="${window}" height="10"/>`,
    `<rect class="band" x="${band}" y="3" width="${WIDTH - band}" height="10"/>`,
    ...marks,
    '</svg>',
  ].join('');
}
