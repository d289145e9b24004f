/** Callers' boxes, for key rotation. */
import { renewing, type VaultTable } from '../../platform/database/index.js';
import { placeOf, type CallerField } from '../caller.js';

export const callerVaultTable: VaultTable = {
  title: '来电人',
  renew: renewing({
    table: 'caller',
    key: { work_order: 'text' },
    boxes: ['name', 'contact', 'address'],
    belongsTo: ({ work_order: no }, column) => placeOf(String(no), column as CallerField),
  }),
};
