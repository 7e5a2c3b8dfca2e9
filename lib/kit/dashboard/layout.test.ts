import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GridPos, layOut, type Room } from './layout.ts';

const rooms = fc.array(fc.constantFrom<Room>('single', 'several', 'half', 'full'), { maxLength: 60 });

test('panels fill the grid: none overlaps another, none leaves it, no row has a gap', () => {
  fc.assert(
    fc.property(rooms, (wanted) => {
      const taken = new Map<string, number>();
      const places = layOut(wanted);
      expect(places).toHaveLength(wanted.length);
      for (const [at, { x, y, w, h }] of places.entries()) {
        expect(x + w).toBeLessThanOrEqual(24);
        for (let column = x; column < x + w; column += 1) {
          for (let line = y; line < y + h; line += 1) {
            expect(taken.get(`${column},${line}`)).toBeUndefined();
            taken.set(`${column},${line}`, at);
          }
        }
      }
      const bottom = Math.max(0, ...places.map(({ y, h }) => y + h));
      expect(taken.size).toBe(24 * bottom);
    }),
  );
});

test('numbers stand above in rows of at most four, graphs below two by two, the odd one across', () => {
  const places = layOut(['half', 'single', 'single', 'half', 'single', 'half', 'single', 'single']);
  expect(places.map(written)).toEqual([
    '0,10 12x8',
    '0,0 8x5',
    '8,0 8x5',
    '12,10 12x8',
    '16,0 8x5',
    '0,18 24x8',
    '0,5 12x5',
    '12,5 12x5',
  ]);
});

test('what shows several numbers has twice the room', () => {
  expect(layOut(['several', 'single', 'single']).map(written)).toEqual(['0,0 12x5', '12,0 6x5', '18,0 6x5']);
});

function written({ x, y, w, h }: GridPos): string {
  return `${x},${y} ${w}x${h}`;
}
