import { expect, test } from 'vitest';
import { prose } from '../../../../utils/report/formats/markdown-text.ts';

const HEADER = 'Server-Timing: kakao;desc="GET /v2/user/me 200"';

test.each([
  ['사용자의 토큰으로 GET /v2/user/me를 호출하십시오.', '`GET /v2/user/me`를'],
  ['Only POST /v1/user/signup completes it.', '`POST /v1/user/signup` completes'],
  ['Call GET /v2/user/me?target_id=1, once.', '`GET /v2/user/me?target_id=1`, once'],
  [`Have it report: ${HEADER}.`, `report: \`${HEADER}\`.`],
  ['Write `GET /a` and GET /b', 'Write `GET /a` and `GET /b`'],
  ['a TARGET /v2/user/me', 'a TARGET `/v2/user/me`'],
])('what is code as a whole stands in one code span: %s', (text, written) =>
  expect(prose(text)).toContain(written),
);
