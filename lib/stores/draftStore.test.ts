// Goal: nothing typed is lost, and nothing of one market is sent to another. How: a page from its first key on.
import { expect, test } from 'vitest';
import { draftStore, editDraft, openDraft } from './draftStore.ts';

test('what was typed before the market was known stays; of another market only the terms do', () => {
  editDraft({ type: 'market', sizeText: '0.1' });
  openDraft(0);
  expect(draftStore.getState()).toMatchObject({ instrument: 0, draft: { type: 'market', sizeText: '0.1' } });
  openDraft(0);
  expect(draftStore.getState().draft.sizeText).toBe('0.1');
  openDraft(1);
  expect(draftStore.getState()).toMatchObject({ instrument: 1, draft: { type: 'market', sizeText: '' } });
});

test('a worst price is of the type and the market it was written for', () => {
  editDraft({ type: 'market', worstText: '0.2%' });
  editDraft({ sizeText: '2', side: 'sell' });
  expect(draftStore.getState().draft.worstText).toBe('0.2%');
  editDraft({ type: 'stopMarket' });
  expect(draftStore.getState().draft.worstText).toBeUndefined();
  editDraft({ worstText: '' });
  openDraft(2);
  expect(draftStore.getState().draft.worstText).toBeUndefined();
});
