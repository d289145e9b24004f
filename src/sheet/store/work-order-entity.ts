import { EntitySchema } from 'typeorm';
import type { SheetHead } from '../work-order.js';

export const WorkOrderEntity = new EntitySchema<SheetHead>({
  name: 'WorkOrder',
  schema: 'hotline',
  tableName: 'work_order',
  columns: {
    no: { type: 'text', primary: true },
    realm: { type: 'text' },
    externalNo: { type: 'text', name: 'external_no', nullable: true },
    channel: { type: 'text' },
    kind: { type: 'text' },
    title: { type: 'text' },
    content: { type: 'text' },
    replyWanted: { type: 'boolean', name: 'reply_wanted' },
    confidential: { type: 'boolean' },
    district: { type: 'text', nullable: true },
    receivedAt: { type: 'timestamptz', name: 'received_at' },
  },
});
