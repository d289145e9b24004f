import type { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { UpstreamSheet } from '../../channel/index.js';
import type { upstream } from '../contract/upstream.js';

export const upstreamView = ({
  sourceName,
  number,
  dueAt,
  handedAt,
  handedBy,
  failure,
}: UpstreamSheet): z.input<typeof upstream> => ({
  sourceName,
  number,
  due: dueAt && toShanghaiIso(dueAt),
  handedAt: handedAt && toShanghaiIso(handedAt),
  handedBy,
  failure,
});
