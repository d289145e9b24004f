export type { Act, Draft, Person } from './draft.js';
export { draftActs, hindrance } from './life.js';
export { commentDraft, createDraft, saveDraft, viewDraft, type DraftView } from './drafts.js';
export { listDrafts, readDraft, readThread, sourceOf } from './store/draft-store.js';
