/** Tasks: worklist, one task with its form, completion. */
import { workOrder } from './case.js';
import { json, stepRefusals, workers, type Operation } from './operation.js';
import { completion, task, taskParams, worklist, worklistQuery } from './task.js';

export const taskOperations = {
  listTasks: {
    method: 'get',
    path: '/api/tasks',
    tag: '待办',
    summary: '待办列表,期限近的在前',
    access: workers,
    query: worklistQuery,
    answers: { 200: json('一页待办', worklist) },
    refusals: [],
  },
  readTask: {
    method: 'get',
    path: '/api/tasks/{id}',
    tag: '待办',
    summary: '一项待办及其表单',
    access: workers,
    params: taskParams,
    answers: { 200: json('待办', task) },
    refusals: ['task.not-found', 'task.closed'],
  },
  completeTask: {
    method: 'post',
    path: '/api/tasks/{id}/completion',
    tag: '待办',
    summary: '办结一项待办',
    access: workers,
    params: taskParams,
    body: completion,
    answers: { 200: json('办结后的工单', workOrder) },
    refusals: [
      'task.not-found',
      'task.closed',
      'task.not-yours',
      'task.elsewhere',
      'unit.not-found',
      ...stepRefusals,
    ],
  },
} as const satisfies Record<string, Operation>;
