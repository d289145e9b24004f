/** Data that an upstream hotline sends with a sheet. */
import { z } from 'zod';
import { column } from './column.js';
import { instant, shape } from './primitives.js';

export const upstream = shape('UpstreamSheet', {
  due: column('它要求的期限', 'limit', instant.nullable(), {
    none: '没有说',
  }).describe('它要求的期限；没有说的为 null'),
  number: column('它的编号', 'person', z.string().describe('它的编号')),
  sourceName: column('上级热线', 'person', z.string().describe('哪个来源')),
  handedAt: instant.nullable().describe('结果什么时候回告了它'),
  handedBy: z.string().nullable().describe('谁回告的；发往它的地址的是“系统”'),
  failure: z.string().nullable().describe('上一次为什么没有发成'),
});
