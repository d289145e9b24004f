/** Drafts of process definitions: writing, reading, commenting. */
import { z } from 'zod';
import {
  draft,
  draftList,
  draftState,
  newComment,
  newDraft,
  revisionParams,
  savedDraft,
  thread,
} from './draft.js';
import { complianceOfficers, json, under } from './operation.js';
import { numbered, pageQuery, text, xml } from './primitives.js';

const readers = [...complianceOfficers, 'auditor'] as const;
export const draftOperations = under('流程的修改', {
  listDrafts: {
    request: 'GET /api/drafts',
    summary: '草案，最近动过的在前',
    access: readers,
    query: z.strictObject({ key: text(200).optional(), state: draftState.optional(), ...pageQuery }),
    answers: { 200: json('草案', draftList) },
  },
  createDraft: {
    request: 'POST /api/drafts',
    summary: '起草：从最新一版改起；标识还没有的，新建流程、决策表',
    access: ['compliance-editor'],
    body: newDraft,
    diagrams: 1,
    answers: { 201: json('草案', draft) },
    refusals: ['definition.not-found', 'definition.not-bpmn', 'definition.not-dmn', 'draft.invalid'],
  },
  readDraft: {
    request: 'GET /api/drafts/{id}',
    summary: '一份草案：现在这一稿的原文、各稿、能做什么',
    access: readers,
    params: numbered,
    answers: { 200: json('草案', draft) },
    refusals: ['draft.not-found'],
  },
  saveDraft: {
    request: 'PUT /api/drafts/{id}',
    quiet: true,
    summary: '存一稿；已经提交或者批准的退回起草，先前的批准作废',
    access: ['compliance-editor'],
    params: numbered,
    body: savedDraft,
    diagrams: 1,
    answers: { 200: json('草案', draft) },
    refusals: [
      'draft.not-found',
      'draft.stale',
      'draft.state',
      'draft.invalid',
      'definition.not-found',
      'definition.not-bpmn',
      'definition.not-dmn',
    ],
  },
  readDraftDiagram: {
    request: 'GET /api/drafts/{id}/revisions/{revision}/diagram',
    summary: '一稿的原文（BPMN 2.0 XML），逐字节与存下时相同',
    access: readers,
    params: revisionParams,
    answers: { 200: { description: 'BPMN 2.0 XML', type: 'application/xml', schema: xml } },
    refusals: ['draft.not-found'],
  },
  readDraftThread: {
    request: 'GET /api/drafts/{id}/thread',
    summary: '一份草案的经过和意见，先说的在前；只增不改',
    access: readers,
    params: numbered,
    answers: { 200: json('经过和意见', thread) },
    refusals: ['draft.not-found'],
  },
  commentDraft: {
    request: 'POST /api/drafts/{id}/comments',
    summary: '对一份草案说意见；说了就不能删改',
    access: complianceOfficers,
    params: numbered,
    body: newComment,
    answers: { 201: json('经过和意见', thread) },
    refusals: ['draft.not-found'],
  },
});
