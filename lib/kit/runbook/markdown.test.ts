import { expect, test } from 'vitest';
import { markdownOf } from './markdown.ts';

test('a bar in a cell is no border, and a line break in it no new row', () => {
  const table = { kind: 'table', head: ['a', 'b'], rows: [['x | y', 'one\ntwo']] } as const;
  expect(markdownOf([table])).toBe('| a | b |\n| --- | --- |\n| x \\| y | one two |\n');
});

test('commands with a fence in them stand in a longer one', () => {
  expect(markdownOf([{ kind: 'commands', text: "printf '```'\n" }])).toBe("````bash\nprintf '```'\n````\n");
});
