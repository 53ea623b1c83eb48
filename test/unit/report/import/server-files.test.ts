import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recognizeServerFile } from '../../../../utils/report/import/server-files.ts';
import { egressHar, otlp, span } from '../../capture/back-end/back-end-records.ts';
import { T0 } from '../../fixtures.ts';
import { caseNames, CASES } from '../samples.ts';

const call = { at: T0, url: 'https://kapi.kakao.com/v2/user/me' };

test('what a server recorded: is recognised by its content', () => {
  const request = otlp([span(call)]);
  for (const text of [
    JSON.stringify(request),
    JSON.stringify(request, null, 2),
    `${JSON.stringify(request)}\n${JSON.stringify(request)}\n`,
  ])
    expect(recognizeServerFile(text)?.kind).toBe('spans');
  expect(recognizeServerFile(JSON.stringify(egressHar([call])))?.kind).toBe('egress');
});

test.each(caseNames)('recording of a browser, %s: is none', (name) => {
  expect(recognizeServerFile(readFileSync(join(CASES, `${name}.har`), 'utf8'))).toBeNull();
});

test.each(['', 'text', '{}', '[]', '{"log":{"entries":[]}}', '{"format":"linkwatch-report"}'])(
  '%j: is none',
  (text) => {
    expect(recognizeServerFile(text)).toBeNull();
  },
);
