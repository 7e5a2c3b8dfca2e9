import type { ChecklistImport } from '#lib/domain/checklist.ts';

/** What a checklist came to, in one sentence: "54 boxes, 31 ticked: 6 tracks, 24 items, 18 suggested checks." Pure. */
export function summaryOf(read: ChecklistImport): string {
  const { boxes, marks, tracks, items, suggested, roles, notUnderstood } = read;
  const counted = [
    ...(boxes.total > 0 ? [`${many(boxes.total, 'box', 'boxes')}, ${boxes.done} ticked`] : []),
    ...(marks.total > 0 ? [`${many(marks.total, 'mark', 'marks')}, ${marks.done} done`] : []),
  ];
  const made = [
    many(tracks, 'track', 'tracks'),
    many(items, 'item', 'items'),
    many(suggested.length, 'suggested check', 'suggested checks'),
    ...(roles.length > 0 ? [many(roles.length, 'role', 'roles')] : []),
  ];
  const places = many(notUnderstood.length, 'part was', 'parts were');
  return `${counted.join(', ') || 'No boxes'}: ${made.join(', ')}. ${places} not understood.`;
}

function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
