/** Re-encrypts sealed texts when the key is rotated. */
import { renewing, type VaultTable } from '../../platform/database/index.js';
import { sealedPlace } from '../trail/sealed-box.js';

export const sealedVaultTable: VaultTable = {
  title: '轨迹封存的文字',
  renew: renewing({
    table: 'sealed_value',
    key: { stream: 'text', seq: 'integer', name: 'text' },
    boxes: ['box'],
    belongsTo: ({ stream, seq, name }) => sealedPlace(String(stream), Number(seq), String(name)),
  }),
};
