/** Projects marks of emergencies. */
import { adds, changes, from, projector, puts, same } from '../../accountability/index.js';
import { bySheet } from '../../sheet/index.js';
import type { MarkedChannel } from './store/emergency-marks.js';

interface Row {
  readonly channels: readonly MarkedChannel[];
}

export const emergencyProjector = projector({
  table: 'emergency_mark',
  stands: bySheet,
  key: ['entry'],
  columns: {
    entry: same('第几条'),
    channels: from<Row>('渠道', ['channels'], ({ channels }) => channels.map(({ key }) => key)),
    marked_at: same('何时'),
    cleared_at: same('处理过'),
  },
  called: (entry) => `第 ${entry} 条`,
  project: {
    'emergency.suspected': ({ seq, at, body: { channels } }) =>
      adds({ entry: seq, channels, marked_at: at, cleared_at: null }),
    'emergency.settled': ({ at }, rows) =>
      [...rows].flatMap(({ entry = null, cleared_at: cleared }) =>
        cleared === null ? changes({ entry, cleared_at: at }) : [],
      ),
    // Registering a case usually settles the mark without an entry of its own.
    'task.completed': ({ body: { deeds = [] } }, rows) =>
      deeds.some(({ name }) => name === 'matter.registered')
        ? [...rows].map(({ entry = null, channels = null, marked_at: at = null }) =>
            puts({ entry, channels, marked_at: at }),
          )
        : [],
  },
});
