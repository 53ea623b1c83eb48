import { CODE, TOKEN } from './request-texts.ts';

/** An entry as the recorder of the worlds writes it. */
interface Entry {
  startedDateTime: string;
  time: number;
  pageref?: string;
  _resourceType?: string;
  request: { headers: Header[]; postData?: object };
  response: {
    headers: Header[];
    redirectURL: string;
    content: { mimeType: string; text?: string };
  };
}

interface Header {
  name: string;
  value: string;
}

const SECOND_MS = 1000;
const SECRET = new RegExp(String.raw`(?:${CODE}|${TOKEN})\d+`, 'g');

const withoutHeaders = (entry: Entry, names: RegExp): Entry => ({
  ...entry,
  request: {
    ...entry.request,
    headers: entry.request.headers.filter(({ name }) => !names.test(name)),
  },
});

const each =
  (change: (entry: Entry) => Entry) =>
  (entries: readonly Entry[]): Entry[] =>
    entries.map(change);

/** What exporters leave out of a recording, or write otherwise, each in every entry. */
const EXPORTERS = {
  'no-authorization': each((e) => withoutHeaders(e, /^authorization$/i)),
  'no-request-headers': each((e) => withoutHeaders(e, /./)),
  'no-referer': each((e) => withoutHeaders(e, /^(origin|referer)$/i)),
  'no-types': each(({ _resourceType: _type, ...e }) => withoutHeaders(e, /^sec-/i)),
  'no-page-names': each(({ pageref: _page, ...e }) => e),
  'no-mime-types': each((e) => ({
    ...e,
    response: { ...e.response, content: { ...e.response.content, mimeType: '' } },
  })),
  'no-bodies': each((e) => ({
    ...e,
    response: { ...e.response, content: { mimeType: e.response.content.mimeType } },
  })),
  'no-forms': each(({ request: { postData: _form, ...request }, ...e }) => ({ ...e, request })),
  'location-header': each((e) => ({
    ...e,
    response: {
      ...e.response,
      redirectURL: '',
      headers: [
        ...e.response.headers,
        ...(e.response.redirectURL ? [{ name: 'location', value: e.response.redirectURL }] : []),
      ],
    },
  })),
  'whole-seconds': each((e) => ({
    ...e,
    startedDateTime: new Date(startOf(e) - (startOf(e) % SECOND_MS)).toISOString(),
  })),
  'masked-secrets': each((e) => JSON.parse(JSON.stringify(e).replaceAll(SECRET, 'REDACTED'))),
  backwards: (entries: readonly Entry[]) => entries.toReversed(),
  twice: (entries: readonly Entry[]) => [...entries, ...entries],
};

export type Exporter = keyof typeof EXPORTERS;

export const EXPORTER_NAMES = Object.keys(EXPORTERS) as Exporter[];

function startOf({ startedDateTime }: Entry): number {
  return Date.parse(startedDateTime);
}

/** Writes entries as an exporter does. */
export function exported(entries: readonly object[], exporter: Exporter): object[] {
  return EXPORTERS[exporter](entries as Entry[]);
}

/** When a file says that what took from one instant to another (epoch ms) ended. */
export function endAsWritten(from: number, to: number, exporter: Exporter | undefined): number {
  if (exporter !== 'whole-seconds') return to;
  const whole = (ms: number) => ms - (ms % SECOND_MS);
  return whole(from) + whole(to - from);
}
