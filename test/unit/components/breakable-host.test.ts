import { isValidElement, type ComponentChildren } from 'preact';
import { expect, test } from 'vitest';
import { BreakableHost } from '../../../components/shared/breakable-host.tsx';

/** What an element shows, with `|` where a line may break. */
function shown(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(shown).join('');
  if (!isValidElement(node)) return typeof node === 'string' ? node : '';
  return node.type === 'wbr' ? '|' : shown(node.props.children);
}

test.each([
  ['page.shop.test', 'page.|shop.|test'],
  ['localhost:3000', 'localhost:3000'],
])('host %s: may break after its dots', (host, expected) => {
  expect(shown(BreakableHost({ host }))).toBe(expected);
});
