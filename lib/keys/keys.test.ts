// Goal: a key means one thing, on every keyboard, and a person may choose which.
import { beforeEach, expect, test, vi } from 'vitest';
import { bindingProblem, chordFor, readBindings, rebind, resetBindings } from './bindings.ts';
import { chordOf, type KeyPress, keycapsOf } from './chord.ts';
import { actions } from './keymap.ts';

beforeEach(() => {
  vi.stubGlobal('localStorage', { setItem: () => {} });
  resetBindings();
});

const plain: KeyPress = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('a press is named by what it types, with Control for Command', () => {
  expect(chordOf({ ...plain, key: 'b' })).toBe('B');
  expect(chordOf({ ...plain, key: 'X', shiftKey: true })).toBe('Shift+X');
  expect(chordOf({ ...plain, key: '?', shiftKey: true })).toBe('?');
  expect(chordOf({ ...plain, key: 'k', shiftKey: true, metaKey: true })).toBe('Control+Shift+K');
  expect(chordOf({ ...plain, key: 'Enter', ctrlKey: true })).toBe('Control+Enter');
  expect(chordOf({ ...plain, key: 'Shift', shiftKey: true })).toBeUndefined();
});

test('keyboards of other languages have the same keys by their place', () => {
  expect(chordOf({ ...plain, key: 'Dead', code: 'Backquote' })).toBe('`');
  expect(chordOf({ ...plain, key: 'и', code: 'KeyB' })).toBe('B');
});

test('keycaps are printed as on the board', () => {
  expect(keycapsOf('Control+Shift+K')).toEqual(['Ctrl', 'Shift', 'K']);
  expect(keycapsOf('Control++')).toEqual(['Ctrl', '+']);
  expect(keycapsOf('')).toEqual([]);
});

test('no two actions share a key, and every key of the table may be what it is', () => {
  for (const { id } of actions) {
    const chord = chordFor(id);
    if (chord !== '') expect([id, bindingProblem(id, chord)]).toEqual([id, undefined]);
  }
});

test('an action takes another key unless somebody holds it, and gives it back', () => {
  expect(bindingProblem('ticket.buy', 'S')).toBe('S is taken by “Sell”.');
  expect(bindingProblem('ticket.buy', 'Escape')).toContain('cannot be given away');
  expect(bindingProblem('ticket.buy', 'Control+W')).toContain('belongs to the browser');
  expect(bindingProblem('desk.kill', 'K')).toContain('needs Ctrl or Alt');
  rebind('ticket.sell', 'V');
  expect(bindingProblem('ticket.buy', 'S')).toBeUndefined();
  rebind('ticket.buy', 'S');
  expect([chordFor('ticket.buy'), chordFor('ticket.sell')]).toEqual(['S', 'V']);
  resetBindings();
  expect([chordFor('ticket.buy'), chordFor('ticket.sell')]).toEqual(['B', 'S']);
});

test('of what a browser kept only actions of this table count', () => {
  expect(readBindings('{"ticket.buy":"V","gone.action":"X","ticket.sell":7}')).toEqual({ 'ticket.buy': 'V' });
  expect(readBindings('null')).toEqual({});
  expect(readBindings('[')).toEqual({});
});
