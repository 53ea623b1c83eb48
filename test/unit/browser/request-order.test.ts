import { expect, test } from 'vitest';
import { createRequestOrder } from '../../../utils/browser/request-order.ts';
import { T0 } from '../fixtures.ts';

test('request with a smaller number than one to Kakao: was sent before that', () => {
  const order = createRequestOrder();
  order.sent('105', T0);
  order.sent('110', T0 + 3000);
  expect(order.ended('104')).toBe(T0);
  expect(order.ended('107')).toBe(T0 + 3000);
  expect(order.ended('111')).toBeUndefined();
});

test('request that goes on from Kakao to the site: its number does not tell', () => {
  const order = createRequestOrder();
  order.sent('105', T0);
  order.redirected('105');
  order.sent('105', T0 + 100);
  order.sent('106', T0 + 200);
  expect(order.ended('105')).toBeUndefined();
});

test('numbers that are none: tell nothing', () => {
  const order = createRequestOrder();
  order.sent('x', T0);
  expect(order.ended('y')).toBeUndefined();
});

test('thousands of requests: the last ones are remembered', () => {
  const order = createRequestOrder();
  for (let i = 0; i < 5000; i += 1) {
    order.sent(`${i}`, T0 + i);
    order.redirected(`${i}`);
  }
  expect(order.ended('4000')).toBe(T0 + 4900);
});
