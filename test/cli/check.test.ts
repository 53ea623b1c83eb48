import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { wantsColour } from '../../bin/colour.ts';
import { createProgress } from '../../bin/progress.ts';
import type { Report } from '../../utils/report/document.ts';
import { caseBytes, caseNames, CASES } from '../unit/report/samples.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'linkwatch-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const json = async (args: string[]): Promise<Report> =>
  JSON.parse((await run(['check', ...args, '--format', 'json'])).out) as Report;

interface Expected {
  logins: { site: string; clientId: string; at1h?: string; at30h?: string }[];
}

describe('every recorded case is judged right', () => {
  test.each(caseNames)('%s', async (name) => {
    const expected = JSON.parse(
      readFileSync(join(CASES, `${name}.expect.json`), 'utf8'),
    ) as Expected;
    for (const [hours, field] of [
      [1, 'at1h'],
      [30, 'at30h'],
    ] as const) {
      const args = ['check', `${name}.har`, '--at', `+${hours}h`, '--format', 'json'];
      const { out, code } = await run([...args, '--whole-client-ids']);
      const report = JSON.parse(out) as Report;
      const { logins } = report;
      expect(logins).toHaveLength(expected.logins.length);
      for (const [
        n,
        { site, clientId, [field]: verdict = 'not-applicable' },
      ] of expected.logins.entries())
        expect(logins[n]).toMatchObject({ site, clientId, verdict });
      const verdicts = expected.logins.flatMap((l) => l[field] ?? []);
      const bad = verdicts.some((v) => ['missed', 'late'].includes(v));
      const judged = verdicts.some((v) => v !== 'not-applicable');
      expect(code).toBe(bad ? 1 : judged ? 0 : 3);
    }
  });
});

describe('exit codes', () => {
  test.each([
    [['v2-no-call.har', '--at', '+1h'], 0],
    [['v2-no-call.har', '--at', '+30h'], 1],
    // The recording ends in the window, so by itself it shows no miss.
    [['v2-no-call.har'], 0],
    [['v2-no-call.har', '--strict'], 1],
    [['v2-me.har'], 0],
    [['v2-deny.har', '--allow-none'], 0],
    [['v2-repeat.har', '--expect-first', '1'], 0],
    [['v2-me.har', 'v2-deny.har'], 0],
    [['server-dark-me.har'], 0],
    [['server-dark-me.har', '--strict'], 1],
    [['v2-me.har', 'v2-no-call.har', '--at', '+30h'], 1],
    [['v2-me.har', '--at', '+1h', '--strict', '--link-mode', 'js-key-0001=auto'], 0],
    [['v2-no-call.har', '--at', '+1h', '--strict'], 1],
  ])('check %j: %d', async (args, code) => {
    const ran = await run(['check', ...args]);
    expect(ran).toMatchObject({ code, error: '' });
    expect(ran.out).not.toBe('');
  });

  test.each([
    [['v2-deny.har'], 'the login came back with an error'],
    [['v2-deny.har', '--strict'], 'Record again, and agree'],
    [['empty.har'], 'no Kakao login was recorded'],
    [['v2-me.har', '--expect-first', '2'], 'expected: 2, judged: 1'],
    [['v2-me.har', '--expect-first', '0'], 'expected: 0, judged: 1'],
  ])('check %j: 3, the report and the reason', async ([name = '', ...rest], why) => {
    writeFileSync(join(folder, 'empty.har'), '{"log":{"entries":[]}}');
    const file = name === 'empty.har' ? join(folder, name) : name;
    const ran = await run(['check', file, ...rest]);
    expect(ran.code).toBe(3);
    expect(ran.out).not.toBe('');
    expect(ran.error).toMatch(/^linkwatch: [^\n]+\n$/);
    expect(ran.error).toContain(why);
  });

  test('only repeat logins: 3, and says what to do', async () => {
    const report = await json(['v2-repeat.har', '--at', '+30h']);
    const [first, again] = report.logins;
    expect(again?.verdict).toBe('not-applicable');
    const { entries, ...log } = (
      JSON.parse(caseBytes('v2-repeat').toString()) as {
        log: { entries: { startedDateTime: string }[] };
      }
    ).log;
    const later = entries.filter((e) => e.startedDateTime > (first?.completedAt ?? ''));
    const file = join(folder, 'again.har');
    const text = JSON.stringify({ log: { ...log, entries: later } });
    // Nobody logs in again within the second in which the link was made.
    writeFileSync(file, text.replace(/(?<=connected_at[^T]+T)\d\d/, '00'));
    const ran = await run(['check', file]);
    expect(ran.code).toBe(3);
    expect(ran.error).toContain('every login was a repeat');
    expect((await run(['check', file, '--allow-none'])).code).toBe(0);
  });

  test('missed and not as many as expected: 1 and the reason', async () => {
    const ran = await run(['check', 'v2-no-call.har', '--at', '+30h', '--expect-first', '2']);
    expect(ran.code).toBe(1);
    expect(ran.error).toContain('expected: 2, judged: 1');
  });

  test('doubt: fails with --strict only', async () => {
    const args = ['server-timing-me.har', '--at', '+30h'];
    const { logins } = await json(args);
    expect(logins).toMatchObject([{ verdict: 'complete', verdictDoubt: 'link-mode-unknown' }]);
    expect((await run(['check', ...args, '--strict'])).code).toBe(1);
    expect((await run(['check', ...args])).code).toBe(0);
    const key = (await json([...args, '--whole-client-ids'])).logins[0]?.clientId ?? '';
    const told = [...args, '--strict', '--link-mode', `${key}=auto`];
    expect(await run(['check', ...told])).toMatchObject({ code: 0, error: '' });
  });

  test.each([
    [[], 'nothing to do'],
    [['judge'], 'unknown command judge'],
    [['check'], 'needs a file'],
    [['check', 'none.har'], 'none.har: no such file'],
    [['check', 'none.har'], 'await context.close()'],
    [['check', '*.nothing'], '*.nothing: no file matches'],
    [['check', 'x/**/*.har'], 'a HAR is written when its recording is closed'],
    [
      ['check', 'v2-me.har', '--at', '2020-01-01'],
      '--at 2020-01-01 is before the recording v2-me.har',
    ],
    [['check', 'v2-me.har', '--expect-first', '-1'], 'expect-first'],
    [['check', 'v2-me.har', '--expect-first', 'one'], '--expect-first is a number'],
    [['check', 'v2-me.har', '--expect-first', '1', '--allow-none'], 'either --allow-none or'],
    [['check', '.'], 'is a folder'],
    [['check', ''], 'the name of a file is empty'],
    [['check', 'v2-me.har', '--server', ''], 'the name of a file is empty'],
    [['check', 'v2-me.har', '--out', ''], '--out is the path of a file'],
    [['check', 'v2-me.har', '--at', 'tomorrow'], '--at is an instant'],
    [['check', 'v2-me.har', '--at', '2026-11-23T04:00:00'], '--at is an instant'],
    [['check', 'v2-me.har', '--at', '2026-99-23'], '--at is an instant'],
    [['check', 'v2-me.har', '--at', '2026-02-30'], '--at is an instant'],
    [['check', 'v2-me.har', '--at', '2026-02-30T04:00:00Z'], '--at is an instant'],
    [['check', 'v2-me.har', '--at', '2025-02-29T04:00+09:00'], '--at is an instant'],
    [['check', 'v2-me.har', '--format', 'pdf'], '--format is one of text, json'],
    [['check', 'v2-me.har', '--lang', 'fr'], '--lang is one of'],
    [['check', 'v2-me.har', '--link-mode', 'app'], '--link-mode is'],
    [['check', 'v2-me.har', '--nonsense'], 'nonsense'],
    [['check', '-', '-'], '- can be given once'],
    [['check', '-'], 'standard input: The file is empty.'],
    [['check', 'v2-me.expect.json'], 'neither a Linkwatch report nor a HAR'],
    [['check', 'v2-me.har', 'v2-me.expect.json'], 'v2-me.expect.json'],
  ])('%j: 2, one line on standard error, nothing on standard output', async (args, why) => {
    const ran = await run(args);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.error).toMatch(/^linkwatch: [^\n]+\n$/);
    expect(ran.error).toContain(why);
  });
  test('log of unlink webhooks, alone or as a server’s file: one line leads to where it is read', async () => {
    const log = join(folder, 'webhook.log');
    writeFileSync(log, 'INFO app_id=1&user_id=4000000001&referrer_type=UNLINK_FROM_APPS\n');
    for (const args of [[log], ['v2-me.har', '--server', log]]) {
      const ran = await run(['check', ...args]);
      expect(ran.code).toBe(2);
      expect(ran.error).toMatch(
        /^linkwatch: .*webhook.log: [^\n]+under “Unlink webhooks”[^\n]+\n$/,
      );
    }
  });

  test('file that cannot be written: exit code 2', async () => {
    const ran = await run(['check', 'v2-me.har', '--out', 'x'], {
      save: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOSPC' })),
    });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.error).toBe('linkwatch: x: cannot be written (ENOSPC); give another --out\n');
  });
});

describe('input', () => {
  test('standard input: is read', async () => {
    const ran = await run(['check', '-', '--at', '+30h'], {
      stdin: Readable.from([caseBytes('v2-no-call')]),
    });
    expect(ran).toMatchObject({ code: 1, error: '' });
    expect(ran.out).toContain('stdin — 1 login: Not completed in time 1');
  });

  test('patterns: give each file once, in order of name', async () => {
    const ran = await run(['check', 'v2-*me.har', 'v2-me.har', 'v1-*.har', '--at', '+30h']);
    const heads = ran.out.split('\n').filter((l) => l.includes(' — '));
    expect(heads).toEqual(['v2-me.har — 1 login: Complete 1', 'v1-me.har — 1 login: Complete 1']);
  });

  test('report reevaluated at its own instant: is the same to the byte', async () => {
    const first = await run(['check', 'v2-two-accounts.har', '--at', '+30h', '--format', 'json']);
    const file = join(folder, 'report.json');
    writeFileSync(file, first.out);
    const { evaluatedAt } = JSON.parse(first.out) as Report;
    const again = await run(['check', file, '--at', evaluatedAt, '--format', 'json'], { now: 5 });
    expect(again.out).toBe(first.out);
    const early = await json([file, '--at', '+1h']);
    expect(early.counts.byVerdict).toMatchObject({ pending: 1, complete: 1, missed: 0 });
  });

  test('observations after --at: are ignored', async () => {
    const { logins } = await json(['v2-me.har', '--at', '+30h']);
    const callAt = Date.parse(logins[0]?.completedAt ?? '');
    const before = await json(['v2-me.har', '--at', new Date(callAt - 1).toISOString()]);
    expect(before.logins[0]).toMatchObject({ verdict: 'pending', completedAt: null });
  });
});

describe('--link-mode', () => {
  test.each(['js-key-0001', 'js-k…01'])('%s=manual: user/me proves nothing', async (key) => {
    const args = ['check', 'v2-me.har', '--at', '+30h', '--link-mode', `${key}=manual`];
    const ran = await run(args);
    if (key.includes('…')) {
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.error).toBe(
        'linkwatch: note: no app js-k…01 in these files; give its whole key (see --whole-client-ids)\n',
      );
      return;
    }
    expect(ran).toMatchObject({ code: 1, error: '' });
    expect(ran.out).toContain('Only the sign-up call completes');
  });

  test.each(['en', 'ko'])(
    'mode not known, in %s: the option is named, no page is',
    async (lang) => {
      const args = ['check', 'server-timing-me.har', '--at', '+30h', '--lang', lang];
      for (const format of ['text', 'md', 'html']) {
        const { out } = await run([...args, '--format', format]);
        expect(out, format).toMatch(/(--link-mode)/);
        expect(out, format).not.toMatch(/App settings|앱 설정/);
      }
    },
  );

  test('masked app key: is found, and the flag wins over the tester', async () => {
    const args = ['v2-me.har', '--at', '+30h', '--link-mode', 'js-key-0001=auto'];
    const file = join(folder, 'auto.json');
    writeFileSync(file, JSON.stringify(await json(args)));
    const manual = await json([file, '--at', '+30h', '--link-mode', 'js-key-0001=manual']);
    expect(manual.apps).toMatchObject([
      { clientId: 'js-k…01', linkMode: 'manual', linkModeBecause: 'tester' },
    ]);
    expect(manual.logins[0]?.verdict).toBe('missed');
    expect(JSON.stringify(manual)).not.toContain('js-key-0001');
  });
});

describe('several files', () => {
  const files = ['v2-me.har', 'v2-no-call.har'];

  test('several files: judged one by one, or merged', async () => {
    const apart = await run(['check', ...files, '--at', '+30h']);
    expect(apart.out.match(/Judged at/g)).toHaveLength(2);
    const merged = await run(['check', ...files, '--at', '+30h', '--merge']);
    expect(merged.out.match(/Judged at/g)).toHaveLength(1);
    expect(merged.out).toContain(
      'v2-me.har + v2-no-call.har — 2 logins: Not completed in time 1, Complete 1',
    );
    const lines = await run(['check', ...files, '--at', '+30h', '--format', 'ndjson']);
    expect(lines.out.trim().split('\n')).toHaveLength(2);
  });

  test('format of one document: merges by itself', async () => {
    const report = await json([...files, '--at', '+30h']);
    expect(report.counts).toMatchObject({ logins: 2, byVerdict: { missed: 1, complete: 1 } });
    expect(report.sources?.map((s) => s.session.name)).toEqual(['v2-me.har', 'v2-no-call.har']);
  });

  test('same file twice: shows once', async () => {
    const copy = join(folder, 'copy.har');
    writeFileSync(copy, caseBytes('v2-me'));
    const report = await json(['v2-me.har', copy, '--at', '+30h', '--merge']);
    expect(report.counts).toMatchObject({ logins: 1 });
    expect(report.sources).toBeUndefined();
  });
});

describe('output', () => {
  test('--out: nothing on standard output, and no colours', async () => {
    const ran = await run(['check', 'v2-me.har', '--out', 'a/b.txt'], { colour: true });
    expect(ran).toMatchObject({ code: 0, out: '', error: '' });
    const [path, text] = Object.entries(ran.saved)[0] ?? [];
    expect(path).toBe(join(CASES, 'a/b.txt'));
    expect(text).toContain('1 login: Complete 1');
    expect(text).not.toContain('\u001b');
  });

  test('colours: only where the output shows them', async () => {
    expect((await run(['check', 'v2-me.har'])).out).not.toContain('\u001b');
    expect((await run(['check', 'v2-me.har'], { colour: true })).out).toContain(
      '\u001b[32mComplete',
    );
  });

  test('--lang ko: writes Korean', async () => {
    expect((await run(['check', 'v2-me.har', '--lang', 'ko'])).out).toContain('로그인 1건: 완료 1');
    expect((await run(['check', 'v2-me.har'], { language: 'ko' })).out).toContain('로그인 1건');
    const bad = await run(['check', '-', '--lang', 'ko']);
    expect(bad.error).toBe(
      'linkwatch: standard input: 파일이 비어 있습니다. 다시 기록하거나 내보내십시오.\n',
    );
  });

  test('app keys: are masked unless asked for', async () => {
    for (const format of ['text', 'json', 'html', 'md', 'csv', 'junit', 'otlp', 'ndjson']) {
      const args = ['check', 'v2-no-call.har', '--format', format];
      expect((await run(args)).out).not.toContain('js-key-0001');
      expect((await run([...args, '--whole-client-ids'])).out).toContain('js-key-0001');
    }
  });

  test('guidance: is in the language of the report', async () => {
    const english = await run(['check', 'v2-friends-403.har', '--at', '+30h', '--lang', 'en']);
    expect(english.out).toMatch(/\n {2}! .+\n/);
    const korean = await run(['check', 'v2-friends-403.har', '--at', '+30h', '--lang', 'ko']);
    expect(korean.out).toMatch(/\n {2}! .*[가-힣].*\n/);
  });

  test('--help and --version: help has examples', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, error: '' });
    expect(help.out).toContain('Examples');
    expect((await run(['check', '--help'])).out).toBe(help.out);
    expect((await run(['-h'])).out).toBe(help.out);
    expect((await run(['help'])).out).toBe(help.out);
    expect((await run(['emulator', '--help'])).out).toBe(help.out);
    expect((await run(['emulator', '--port', '1', '-h'])).out).toBe(help.out);
    expect((await run(['-v'])).out).toBe((await run(['--version'])).out);
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test('an unknown option: named, with where to read of those there are', async () => {
  for (const command of ['check', 'emulator'])
    expect(await run([command, '--strictt'])).toMatchObject({
      code: 2,
      error: "linkwatch: Unknown option '--strictt'; try linkwatch --help\n",
    });
});

test('an option with what looks like another behind it: is refused in one sentence', async () => {
  const { error } = await run(['check', 'v2-me.har', '--at', '-1h']);
  expect(error).toBe("linkwatch: Option '--at' argument is ambiguous; try linkwatch --help\n");
});

describe('junit', () => {
  const junit = async (args: string[]) => (await run(['check', ...args, '-f', 'junit'])).out;
  const cases = (xml: string) => [...xml.matchAll(/<testcase ([^>]*)/g)].map(([, a = '']) => a);

  test('cases: are named by the path as typed and a number, the same whenever judged', async () => {
    const xml = await junit(['./v2-no-call.har', '../cases/v2-me.har', '--at', '+30h']);
    expect(cases(xml).map((a) => /name="([^"]*)"/.exec(a)?.[1])).toEqual([
      './v2-no-call.har › first login 1',
      '../cases/v2-me.har › first login 1',
    ]);
    expect(cases(xml)[0]).toContain('file="./v2-no-call.har"');
    expect(xml.match(/<testsuite /g)).toHaveLength(2);
    expect(xml.match(/<testsuite [^>]*file="..\/cases\/v2-me.har"/g)).toHaveLength(1);
    for (const attributes of cases(xml)) expect(attributes).not.toMatch(/\d{4}-\d\d|\d\d:\d\d/);
    const later = await junit(['./v2-no-call.har', '../cases/v2-me.har', '--at', '+40h']);
    expect(cases(later)).toEqual(cases(xml));
  });

  test('report that was saved: keeps its name, and file= is where it lies', async () => {
    const file = join(folder, 'saved.json');
    await run(['check', 'v2-me.har', '--at', '+30h', '-f', 'json', '-o', file], {
      save: async (path, text) => writeFileSync(path, text),
    });
    expect(cases(await junit([file, '--at', '+30h']))[0]).toContain(`file="${file}"`);
  });

  test('nothing judged: an error, or skipped where that is allowed', async () => {
    expect(await junit(['v2-deny.har'])).toMatch(
      /tests="1" failures="0" errors="1"[^]*<error message="No first/,
    );
    const allowed = await junit(['v2-deny.har', '--allow-none']);
    expect(allowed).toMatch(/tests="1" failures="0" errors="0"[^]*<skipped>No first/);
    expect(await junit(['v2-deny.har', 'v2-me.har'])).toMatch(/<skipped>No first/);
    expect(await junit(['v2-me.har', '--expect-first', '3'])).toContain(
      '<error message="First logins expected: 3, judged: 1.',
    );
  });

  test('--strict: what is undecided fails here too', async () => {
    expect(await junit(['v2-no-call.har', '--at', '+1h'])).toContain('<skipped>');
    expect(await junit(['v2-no-call.har', '--at', '+1h', '--strict'])).toContain('type="pending"');
  });
});

test('HAR that was never closed: says so and how to close it', async () => {
  const file = join(folder, 'open.har');
  const bytes = caseBytes('v2-me');
  writeFileSync(file, bytes.subarray(0, bytes.length - 4));
  const ran = await run(['check', file]);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.error).toContain('its recording was never closed');
  expect(ran.error).toContain('await context.close()');
  const korean = await run(['check', file, '--lang', 'ko']);
  expect(korean.error).toContain('HAR 파일이 중간에서 끊겨 있습니다');
});

describe('terminal', () => {
  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ])('colours with %j, terminal %s: %s', (env, isTerminal, wanted) => {
    expect(wantsColour(env, isTerminal)).toBe(wanted);
  });

  test('progress: one line after a second, taken away at the end', async () => {
    let written = '';
    let now = 0;
    const progress = createProgress(
      (text) => (written += text),
      () => (now += 400),
    );
    expect(await run(['check', 'v2-me.har', 'v2-no-call.har'], { progress })).toMatchObject({
      error: '',
    });
    expect(written.startsWith('\r\u001b[2Klinkwatch: ')).toBe(true);
    expect(written).toMatch(/reading v2-no-call.har \(1 of 1 MB\)|judging/);
    expect(written.endsWith('\r\u001b[2K')).toBe(true);
    expect(written).not.toContain('\n');
  });

  test('progress: silent for what is quick, and where no terminal is', async () => {
    let written = '';
    const quick = createProgress(
      (text) => (written += text),
      () => 0,
    );
    await run(['check', 'v2-me.har'], { progress: quick });
    expect(written).toBe('');
    const large = createProgress(
      (text) => (written += text),
      () => 0,
    );
    large.begin(50_000_000);
    large.say('judging');
    expect(written).toContain('judging');
  });
});
