/**
 * Cases that a diagram opened by itself, through a timer or a signal (docs/decisions/engine.md).
 * They have no sheet.
 */
import { z } from 'zod';
import { caseFile } from './case.js';
import { completionRefusals, json, sheetReaders, under, workers } from './operation.js';
import { text } from './primitives.js';
import { completion, taskParams } from './task.js';

const no = text(200).meta({ description: '编号', example: '定时:follow-up:Start_1:20261201T010000Z' });

const startedCase = caseFile
  .extend({ no, title: z.string().describe('哪个流程，何时、因什么开始') })
  .meta({ id: 'StartedCase' });

const reading = under('工单', {
  readStartedCase: {
    request: 'GET /api/started-cases/{no}',
    summary: '流程图自己开始的一件（定时、信号），没有工单：待办、期限、轨迹',
    access: sheetReaders,
    params: z.strictObject({ no }),
    answers: { 200: json('这一件', startedCase) },
    refusals: ['case.not-found'],
  },
});

const completing = under('待办', {
  completeStartedTask: {
    request: 'POST /api/started-cases/{no}/tasks/{id}/completion',
    summary: '办结流程图自己开始的一件的一项待办',
    access: workers,
    params: z.strictObject({ no, id: taskParams.shape.id }),
    body: completion,
    answers: { 200: json('办结后的这一件', startedCase) },
    refusals: completionRefusals,
  },
});

export const startedCaseOperations = { ...reading, ...completing };
