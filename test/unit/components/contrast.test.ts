import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(
  new URL('../../../components/styles/base/theme.css', import.meta.url),
  'utf8',
);
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map((m) => [
    m[1] ?? '',
    [m[2] ?? '', m[3] ?? ''],
  ]),
);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const part = parseInt(hex.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const colour = (name: string, theme: number) => colours.get(name)?.[theme] ?? '#missing';
const TEXT = [
  'ink',
  'soft',
  'accent',
  'pending',
  'complete',
  'late',
  'missed',
  'unseen',
  'quiet',
  'rehearsal',
];

test.each([
  ['light', 0],
  ['dark', 1],
])('%s: text has a contrast of 4.5 on every ground, edges of 3', (_name, theme) => {
  for (const ground of ['ground', 'sheet', 'sunk'])
    for (const text of TEXT)
      expect(
        contrast(colour(text, theme), colour(ground, theme)),
        `${text} on ${ground}`,
      ).toBeGreaterThanOrEqual(4.5);
  for (const ground of ['ground', 'sheet', 'sunk'])
    expect(
      contrast(colour('edge', theme), colour(ground, theme)),
      `edge on ${ground}`,
    ).toBeGreaterThanOrEqual(3);
  expect(contrast(colour('on-accent', theme), colour('accent', theme))).toBeGreaterThanOrEqual(4.5);
});
