import type { Kind, Scene } from './kinds.ts';

/** What is picked from, each as often as it is named. */
const LISTS = [
  'tabs',
  'scenes',
  'styles',
  'forms',
  'hows',
  'prompts',
  'scopes',
  'fates',
  'tokens',
  'callers',
] as const;

/** What the tester does at the recorder, which a report that ended before cannot tell. */
const AT_THE_RECORDER: readonly Scene[] = [
  'pause',
  'revoke',
  'restart',
  'lose',
  'callbacks',
  'false-callback',
];

/**
 * Mixes two kinds of worlds: what worlds of either may have, those of the mix may have. Undefined where the two do not go
 * together.
 */
export function mixKinds(a: Kind, b: Kind): Kind | undefined {
  const kind: Kind = { ...a, ...b };
  for (const name of LISTS)
    if (a[name] || b[name])
      Object.assign(kind, { [name]: [...(a[name] ?? []), ...(b[name] ?? [])] });
  for (const name of ['keys', 'sites', 'apps'] as const)
    if (a[name] || b[name]) kind[name] = Math.max(a[name] ?? 1, b[name] ?? 1);
  leaveOutUnseen(kind);
  return goTogether(kind) ? kind : undefined;
}

/** Leaves out what nobody could see in worlds of a kind, and the judge cannot know. */
function leaveOutUnseen(kind: Kind): void {
  // A server that reports hides nothing, and the token of a popup is in no body of these worlds.
  const hidesNoCalls = kind.styles?.includes('report') || kind.hows;
  if (hidesNoCalls && kind.callers)
    kind.callers = kind.callers.filter((caller) => caller !== 'server');
  // Answers out of a cache do not tell of a sign-up in these worlds.
  if (kind.manual && kind.fates) kind.fates = kind.fates.filter((fate) => fate !== 'cached');
  // A token from before the recording, beside a code that nobody exchanges, looks like that of a server which did.
  if (kind.late && kind.tokens)
    kind.tokens = kind.tokens.filter((fate) => fate !== 'none' && fate !== 'later');
  // Of calls with the admin key only pages and reports tell in these worlds, and no back end's recording.
  if (kind.proxy === 'back-end') delete kind.about;
  // Developer tools record no private window, and no other profile.
  if (kind.medium === 'har' && kind.proxy !== 'devices' && kind.tabs)
    kind.tabs = kind.tabs.filter((tab) => tab.startsWith('t'));
}

function goTogether({ recorded, scenes, proxy, styles, hows, lossy, exported }: Kind): boolean {
  const isOnServer = styles?.includes('server') ?? false;
  if (recorded && scenes?.some((scene) => AT_THE_RECORDER.includes(scene))) return false;
  if (proxy === 'back-end' && !styles?.every((style) => style === 'server')) return false;
  // A proxy knows no tab whose page keeps a popup's token.
  if (proxy === 'devices' && hows?.includes('message')) return false;
  // A popup's form or token request may be all that shows its login.
  if (lossy && hows) return false;
  // Where whole seconds are written, nothing tells of which login a request beside a lost one is.
  if (lossy && exported) return false;
  // A page that keeps its code exchanges it.
  return !(isOnServer && hows?.includes('kept'));
}
