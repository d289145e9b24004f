/** Projects marks of emergencies. */
import { adds, changes, from, projector, puts, same } from '../../accountability/index.js';
import { bySheet } from '../../sheet/index.js';
import type { MarkedChannel } from './store/emergency-marks.js';

interface Row {
  readonly channels: readonly MarkedChannel[];
  readonly cleared_at: Date | null;
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
    handled: from<Row>('处理', ['cleared_at'], ({ cleared_at: cleared }) => cleared !== null),
  },
  called: (entry) => `第 ${entry} 条`,
  project: {
    'emergency.suspected': ({ seq, at, body: { channels } }) =>
      adds({ entry: seq, channels, marked_at: at, cleared_at: null, handled: false }),
    'emergency.settled': ({ at }, rows) =>
      [...rows].map(({ entry = null, cleared_at: cleared }) =>
        changes({ entry, handled: true, ...(cleared === null ? { cleared_at: at } : {}) }),
      ),
    // Who registers a case has seen to it, on most ways: nothing is said of a mark that was open.
    'task.completed': ({ body: { deeds = [] } }, rows) =>
      deeds.some(({ name }) => name === 'matter.registered')
        ? [...rows]
            .filter(({ cleared_at: cleared }) => cleared === null)
            .map(({ entry = null, channels = null, marked_at: at = null }) =>
              puts({ entry, channels, marked_at: at }),
            )
        : [],
  },
});
