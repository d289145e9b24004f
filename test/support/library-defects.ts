/**
 * Defects of the plain library `bpmn-engine` 25.0.1 that our interface hides, because the adapter
 * replaces the part. Visible ones: `src/engine/runtime/library/defects.ts`.
 */
export { libraryDefects, type DefectId } from '../../src/engine/runtime/library/defects.js';

export const mendedDefects = {
  'join-counts-ways-not-taken': {
    what: '并行汇合把没走的路（排他分支未选、定时器未触发、返工循环）也当作到达，提前放行',
    issues: ['paed01/bpmn-engine#200', 'paed01/bpmn-engine#46'],
  },
  'link-given-up': {
    what: '两个链接抛出指向同一处时，没走的那个使链接捕获作废',
    issues: [],
  },
  'begun-given-up-at-end': {
    what: '几个环节同时开始而通向同一个结束事件时，一个到了结束，其余的就作废',
    issues: [],
  },
} as const;

export type MendedId = keyof typeof mendedDefects;
