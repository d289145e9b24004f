/** Who has looked at callers' data: searchable rows, projected from the readers' streams. */
import { same } from './column.js';
import { adds, projector } from './projector.js';

/** The reader's log-in name in the stream `reads:LOGIN:DAY`. */
const readerIn = (stream: string): string => stream.slice('reads:'.length, stream.lastIndexOf(':'));

export const readProjector = projector({
  table: 'personal_data_read',
  stands: { by: 'stream' },
  key: ['seq'],
  columns: {
    seq: same('第几条'),
    at: same('时刻'),
    reader: same('谁'),
    work_order: same('工单'),
    purpose: same('为什么'),
    fields: same('看了哪几项'),
  },
  called: (seq) => `第 ${seq} 条`,
  expires: { class: 'reads', by: 'at' },
  project: {
    'caller.revealed': ({ stream, seq, at, body }) =>
      adds({
        ...{ seq, at, reader: readerIn(stream), work_order: body.case },
        ...{ purpose: body.purpose, fields: body.fields },
      }),
  },
});
