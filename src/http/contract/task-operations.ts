/** Tasks: worklist, one task with its form, completion. */
import { workOrder } from './case.js';
import { json, stepRefusals, under, workers } from './operation.js';
import { ahead, series, completion, task, taskParams, tasksAhead, worklist, worklistQuery } from './task.js';

export const taskOperations = under('待办', {
  listTasks: {
    request: 'GET /api/tasks',
    summary: '待办列表，未写 sort 的期限近的在前',
    access: workers,
    query: worklistQuery,
    answers: { 200: json('一页待办', worklist) },
  },
  readTask: {
    request: 'GET /api/tasks/{id}',
    summary: '一项待办及其表单',
    access: workers,
    params: taskParams,
    answers: { 200: json('待办', task) },
    refusals: ['task.not-found', 'task.closed'],
  },
  completeTask: {
    request: 'POST /api/tasks/{id}/completion',
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
      'accused.not-found',
      'unit.not-found',
      ...stepRefusals,
    ],
  },
  lookAhead: {
    request: 'POST /api/tasks/{id}/ahead',
    quiet: true,
    summary: '这项待办办了以后，同一个人接着要办的各步及其表单；试走一遍，什么也不留下',
    access: workers,
    params: taskParams,
    body: ahead,
    answers: { 200: json('接着的各步', tasksAhead) },
    refusals: ['task.not-found', 'task.closed', 'task.not-yours', 'task.elsewhere', ...stepRefusals],
  },
  completeSeries: {
    request: 'POST /api/tasks/{id}/series',
    summary: '一张表办结接连的几步：逐步办、逐步记入轨迹；有一步不收，就都没有办',
    access: workers,
    params: taskParams,
    body: series,
    answers: { 200: json('办结后的工单', workOrder) },
    refusals: [
      'task.not-found',
      'task.closed',
      'task.not-yours',
      'task.elsewhere',
      'task.not-next',
      'accused.not-found',
      'unit.not-found',
      ...stepRefusals,
    ],
  },
});
