import type { ReportSource } from '../document.ts';
import type { Imported } from '../import/reevaluate.ts';
import type { Told } from '../replay-observations.ts';
import { mergeInOrder } from './merge-in-order.ts';

/** What is told of one browser. */
export interface Part {
  observations: Told[];
  sources: Omit<ReportSource, 'browser'>[];
  dropped: number;
}

const BARE = '-bare';
const baseOf = (id: string) => (id.endsWith(BARE) ? id.slice(0, -BARE.length) : id);

/** What files tell, by browser, in the order of the files. Files that share an observation tell of the same browser. */
export function browserParts(
  imports: readonly Imported[],
  wholeId: (clientId: string) => string,
): Part[] {
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
  const browsers = new Map<number, Part>();
  for (const [i, part] of parts.entries()) {
    const known = browsers.get(rootOf(i));
    browsers.set(rootOf(i), known ? together(known, part) : part);
  }
  return [...browsers.values()].map((part) => ({ ...part, observations: withoutBare(part) }));
}

const isBare = (o: Told) => o.id.endsWith(BARE);

/** An observation's facts as text; an id alone can be the same in two HARs. */
function factsOf(o: Told): string {
  const { placedOn: _placedOn, browser: _browser, ...facts } = o;
  return JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function partsOf(
  { report, ledger, observations, about }: Imported,
  wholeId: (id: string) => string,
) {
  const plain = observations.map((o): Told => {
    const { browser: _browser, ...own } = o;
    return (
      'clientId' in own && own.clientId ? { ...own, clientId: wholeId(own.clientId) } : own
    ) as Told;
  });
  const { session, generator, counts } = report;
  if (!report.sources) {
    const logins = [...(about ?? ledger.logins.keys())];
    return [
      { observations: plain, sources: [{ session, generator, logins }], dropped: counts.dropped },
    ];
  }
  const { sources } = report;
  return [...new Set(sources.map((s) => s.browser))].map((browser, i): Part => ({
    observations: plain.filter((_, n) => observations[n]?.browser === browser),
    sources: sources
      .filter((s) => s.browser === browser)
      .map(({ browser: _browser, ...source }) => source),
    dropped: i === 0 ? counts.dropped : 0,
  }));
}

/** Two parts of one browser. Of a session that both tell, the later word on its name and end holds. */
function together(a: Part, b: Part): Part {
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

function withoutBare({ observations }: Part): Told[] {
  const ids = new Set(observations.map((o) => o.id));
  return observations.filter((o) => !isBare(o) || !ids.has(baseOf(o.id)));
}
