/** Projects holiday schedules that were loaded at run time. */
import { adds, from, projector, same, sha256Of } from '../../accountability/index.js';
import { noticeRow, noticeTable, type Notice } from '../../calendar/index.js';

interface Row {
  readonly kind: string;
  readonly year: number | null;
  readonly days: unknown;
}

/** SHA-256 in hex over kind, year and days, each on a line, as they are stored. */
const digestOf = ({ kind, year, days }: Row): string =>
  sha256Of([kind, year ?? '', JSON.stringify(days)].join('\n'));

export const noticeDigest = (notice: Notice): string => digestOf(noticeRow(notice));

export const noticeProjector = projector({
  table: noticeTable,
  stands: { stream: 'calendar' },
  key: ['document'],
  columns: {
    document: same('文号'),
    title: same('标题'),
    sha256: same('文件'),
    content: { ...from<Row>('日子', ['kind', 'year', 'days'], digestOf), digest: true },
    loaded_at: same('何时'),
    loaded_by: same('谁'),
  },
  project: {
    'calendar.loaded': ({ at, body: { document, title, sha256, content, actor } }) =>
      adds({ document, title, sha256, content, loaded_at: at, loaded_by: actor }),
  },
});
