import type { z } from 'zod';
import { toShanghaiIso } from '../../calendar/index.js';
import type { SuperiorSheet } from '../../channel/index.js';
import type { superior } from '../contract/superior.js';

export const superiorView = ({
  sourceName,
  number,
  dueAt,
  handedAt,
  handedBy,
  failure,
}: SuperiorSheet): z.input<typeof superior> => ({
  sourceName,
  number,
  due: dueAt && toShanghaiIso(dueAt),
  handedAt: handedAt && toShanghaiIso(handedAt),
  handedBy,
  failure,
});
