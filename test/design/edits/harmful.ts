/** Edits that the law forbids, by an author who does not write the checks: each must be refused. */
import type { Harmful } from './edit.js';
import { acceptance } from './harmful/acceptance.js';
import { accountability } from './harmful/accountability.js';
import { assessment } from './harmful/assessment.js';
import { handlingAudit } from './harmful/handling-audit.js';
import { handlingLimits } from './harmful/handling-limits.js';
import { handlingReceipt } from './harmful/handling-receipt.js';
import { handlingReply } from './harmful/handling-reply.js';
import { supervision } from './harmful/supervision.js';
import { tables } from './harmful/tables.js';

export const harmful: readonly Harmful[] = [
  ...acceptance,
  ...handlingReceipt,
  ...handlingLimits,
  ...handlingReply,
  ...handlingAudit,
  ...supervision,
  ...assessment,
  ...accountability,
  ...tables,
];
