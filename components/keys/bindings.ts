'use client';

import { useEffect, useRef } from 'react';
import { readStored } from '#components/ui/stored.ts';

/** What keys do, by key ("j", "?", "escape") or by sequence ("g b"). */
type Bindings = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** The stored switch: "off" when somebody wants no single-key shortcuts (WCAG 2.1.4). */
export const keysSwitch = 'single-keys';

const sequenceMs = 1200;
const layers: { current: Bindings }[] = [];
let leader: { readonly key: string; readonly atMs: number } | null = null;

/** Binds keys while the component is on the page. Of two that bind the same key, the later one has it. */
export function useKeys(bindings: Bindings): void {
  const layer = useRef(bindings);
  useEffect(() => {
    layer.current = bindings;
  });
  useEffect(() => {
    if (layers.length === 0) addEventListener('keydown', onKey);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) removeEventListener('keydown', onKey);
    };
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    run('mod+k', event);
    return;
  }
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  if (document.querySelector('dialog[open]')) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
    return;
  }
  const key = event.key.length > 1 ? event.key.toLowerCase() : event.key;
  if (readStored(keysSwitch) === 'off' && key !== 'escape') return;
  if (key === 'enter' && isActive(event.target)) return;
  const sequence = leader && Date.now() - leader.atMs < sequenceMs ? `${leader.key} ${key}` : null;
  leader = null;
  if (sequence && run(sequence, event)) return;
  if (run(key, event)) return;
  if (isLeader(key)) leader = { key, atMs: Date.now() };
}

function run(key: string, event: KeyboardEvent): boolean {
  const layer = layers.findLast(({ current }) => current[key]);
  const action = layer?.current[key];
  if (!action) return false;
  event.preventDefault();
  action(event);
  return true;
}

function isLeader(key: string): boolean {
  return layers.some(({ current }) => Object.keys(current).some((bound) => bound.startsWith(`${key} `)));
}

/** Something that Enter already does something with. */
function isActive(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary, label, input') !== null;
}

const typed: ReadonlySet<string> = new Set([
  'text',
  'search',
  'url',
  'email',
  'number',
  'password',
  'date',
  'datetime-local',
]);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return typed.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
