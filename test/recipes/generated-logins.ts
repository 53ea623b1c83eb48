/** Logins a chunk: about a megabyte of text. */
const CHUNK = 1000;
const DAY_MS = 86_400_000;
const VERDICTS = ['complete', 'complete', 'complete', 'complete', 'missed', 'unseen', 'late'];

/**
 * Gives so many made-up logins as NDJSON, in chunks, shaped after one real line: 50 testers, 20 sites, 40 builds, over the 90
 * days before `until` (epoch ms). The same number gives the same logins.
 */
export async function* generatedLogins(
  count: number,
  sample: Record<string, unknown>,
  until: number,
): AsyncGenerator<string> {
  for (let from = 0; from < count; from += CHUNK) {
    let text = '';
    for (let i = from; i < Math.min(from + CHUNK, count); i += 1)
      text += `${JSON.stringify({ ...sample, ...login(i, until) })}\n`;
    yield text;
  }
}

function login(i: number, until: number) {
  const loggedIn = until - ((i * 7919) % (90 * DAY_MS));
  const iso = (at: number) => new Date(at).toISOString();
  const verdict = VERDICTS[i % VERDICTS.length] ?? 'complete';
  const isDone = verdict === 'complete' || verdict === 'late';
  const after = verdict === 'late' ? DAY_MS + 1000 : 200 + ((i * 31) % 5000);
  return {
    id: `login-${i}`,
    session_id: `session-${i % 5000}`,
    tester: `tester ${i % 50}`,
    build: `2026.${i % 40}`,
    site: `https://shop-${i % 20}.test`,
    started_at: iso(loggedIn - 3000),
    logged_in_at: iso(loggedIn),
    deadline: iso(loggedIn + DAY_MS),
    verdict,
    visibility: verdict === 'unseen' ? 'none' : 'browser',
    visibility_because: verdict === 'unseen' ? 'server-side' : 'token-seen',
    completed_at: isDone ? iso(loggedIn + after) : null,
    evaluated_at: iso(loggedIn + 2 * DAY_MS),
  };
}
