/** What an upstream hotline says of a sheet that it sent. */
import { z } from 'zod';
import { instant } from './primitives.js';

export const upstream = z
  .object({
    sourceName: z.string().meta({ description: '哪个来源' }),
    number: z.string().meta({ description: '它的编号' }),
    due: instant.nullable().meta({ description: '它要求的期限;没有说的为 null' }),
    handedAt: instant.nullable().meta({ description: '结果什么时候回告了它' }),
    handedBy: z.string().nullable().meta({ description: '谁回告的;发往它的地址的是“系统”' }),
    failure: z.string().nullable().meta({ description: '上一次为什么没有发成' }),
  })
  .meta({ id: 'UpstreamSheet' });
