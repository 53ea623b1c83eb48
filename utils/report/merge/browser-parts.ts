import type { ReportSource } from '../document.ts';
import type { ImportedFile } from '../import/reevaluate.ts';
import type { ReportObservation } from '../replay-observations.ts';
import { mergeInOrder } from './merge-in-order.ts';

/** What is told of one browser. */
export interface BrowserPart {
  observations: ReportObservation[];
  sources: Omit<ReportSource, 'browser'>[];
  dropped: number;
}

const BARE = '-bare';
const baseOf = (id: string) => (id.endsWith(BARE) ? id.slice(0, -BARE.length) : id);

/** What files tell, by browser, in the order of the files. Files that share an observation tell of the same browser. */
export function splitByBrowser(
  imports: readonly ImportedFile[],
  wholeId: (clientId: string) => string,
): BrowserPart[] {
  const parts = imports.flatMap((one) => partsOf(one, wholeId));
  const owner = parts.map((_, i) => i);
  const rootOf = (i: number): number => {
    const up = owner[i] ?? i;
    return up === i ? i : rootOf(up);
  };
  const first = new Map<string, { facts: string; bare: boolean; part: number }>();
  for (const [i, part] of parts.entries())
    for (const o of part.observations) {
      const known = first.get(baseOf(o.id));
      if (!known) first.set(baseOf(o.id), { facts: factsOf(o), bare: isBare(o), part: i });
      else if (
        rootOf(known.part) !== rootOf(i) &&
        (isBare(o) || known.bare || known.facts === factsOf(o))
      ) {
        const [a, b] = [rootOf(known.part), rootOf(i)].sort((x, y) => x - y) as [number, number];
        owner[b] = a;
      }
    }
  const browsers = new Map<number, BrowserPart>();
  for (const [i, part] of parts.entries()) {
    const known = browsers.get(rootOf(i));
    browsers.set(rootOf(i), known ? together(known, part) : part);
  }
  return [...browsers.values()].map((part) => ({ ...part, observations: withoutBare(part) }));
}

const isBare = (o: ReportObservation) => o.id.endsWith(BARE);

/** An observation's facts as text; an id alone can be the same in two HARs. */
function factsOf(o: ReportObservation): string {
  const { loginId: _loginId, browser: _browser, ...facts } = o;
  return JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function partsOf(
  { report, loginState, observations, about }: ImportedFile,
  wholeId: (id: string) => string,
) {
  const plain = observations.map((o): ReportObservation => {
    const { browser: _browser, ...own } = o;
    return (
      'clientId' in own && own.clientId ? { ...own, clientId: wholeId(own.clientId) } : own
    ) as ReportObservation;
  });
  const { session, generator, counts } = report;
  if (!report.sources) {
    const logins = [...(about ?? loginState.logins.keys())];
    return [
      { observations: plain, sources: [{ session, generator, logins }], dropped: counts.dropped },
    ];
  }
  const { sources } = report;
  return [...new Set(sources.map((s) => s.browser))].map((browser, i): BrowserPart => ({
    observations: plain.filter((_, n) => observations[n]?.browser === browser),
    sources: sources
      .filter((s) => s.browser === browser)
      .map(({ browser: _browser, ...source }) => source),
    dropped: i === 0 ? counts.dropped : 0,
  }));
}

/** Two parts of one browser. Of a session that both tell, the later word on its name and end holds. */
function together(a: BrowserPart, b: BrowserPart): BrowserPart {
  const sources = a.sources.map((s) => ({ ...s }));
  for (const source of b.sources) {
    const same = sources.find((s) => s.session.id === source.session.id);
    if (!same) sources.push(source);
    else {
      same.logins = [...new Set([...same.logins, ...source.logins])];
      same.session =
        source.session.endedAt || !same.session.endedAt ? source.session : same.session;
    }
  }
  return {
    observations: mergeInOrder(a.observations, b.observations),
    sources,
    // Each counts all that its browser ever dropped.
    dropped: Math.max(a.dropped, b.dropped),
  };
}

function withoutBare({ observations }: BrowserPart): ReportObservation[] {
  const ids = new Set(observations.map((o) => o.id));
  return observations.filter((o) => !isBare(o) || !ids.has(baseOf(o.id)));
}
