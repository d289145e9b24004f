/** The job queue, for operators. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import { cursorPage, cursorQuery, instant, shape, text } from './primitives.js';

const failedJob = shape('FailedJob', {
  id: z.number().int(),
  name: z.string().meta({ example: 'notification.deliver' }),
  title: column('做什么', 'text', z.string().meta({ description: '做什么', example: '发出通知' })),
  subject: column('关于什么', 'text', z.string().describe('对谁、关于什么')),
  error: column('为什么没有成', 'text', z.string().describe('最后一次为什么没有成')),
  attempts: column('试过', 'text', z.number().int().describe('试过几次')),
  addedAt: instant,
  nextTry: instant.nullable().describe('何时自己再试；试满次数、不再自己试的为 null'),
});

const failedJobs = shape('FailedJobs', {
  ...cursorPage(failedJob).shape,
  total: z.number().int().describe('各种一共几件'),
});

const failedJobsQuery = z.strictObject({
  ...cursorQuery,
  retrying: z.enum(['true', 'false']).default('false').describe('true：连还要自己再试的一起列'),
  name: text(100).optional().describe('只列这一种，例如 notification.deliver'),
});

const jobParams = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

const retried = shape('RetriedJob', { id: z.number().int() });

export const queue = z.object({
  waiting: z.number().int().describe('等待中的任务，包括等着再试的'),
  oldest: instant.nullable().describe('该做而等得最久的一件何时起可做；没有则为 null'),
  working: z.number().int().describe('正在做'),
  failed: z.number().int().describe('试满次数、等人处理'),
});

export const jobOperations = under('运行', {
  listFailedJobs: {
    request: 'GET /api/jobs/failed',
    summary: '没有做成的任务：试满次数的，或者连还要再试的，新的在前',
    access: ['system-admin'],
    query: failedJobsQuery,
    answers: { 200: json('一页任务', failedJobs) },
  },
  retryJob: {
    request: 'POST /api/jobs/{id}/retry',
    summary: '把一件失败的任务放回队列',
    access: ['system-admin'],
    params: jobParams,
    answers: { 200: json('已放回', retried) },
    refusals: ['job.not-found'],
  },
});
