import type { Transaction } from '../../persistence/index.js';

interface BoardCard {
  readonly level: string | null;
  readonly no: string;
  readonly title: string;
  readonly unit: string | null;
  readonly due: Date | null;
  readonly provisional: boolean;
}

export interface BoardRows {
  readonly counts: readonly { readonly level: string | null; readonly cases: number }[];
  readonly cards: readonly BoardCard[];
  readonly units: readonly { readonly unit: string; readonly yellow: number; readonly red: number }[];
  readonly trend: readonly { readonly day: string; readonly received: number; readonly ended: number }[];
}

const live = `c.realm = 'live' AND c.ended_at IS NULL`;
const unit = `c.variables -> 'assignments' -> -1 ->> 'unit'`;
const grave = `('red', 'supervision', 'second-supervision', 'accountability')`;

/** @param firstDay of the trend, `YYYY-MM-DD`; it goes on to `lastDay` (civil days in Asia/Shanghai) */
export async function boardRows(
  transaction: Transaction,
  firstDay: string,
  lastDay: string,
): Promise<BoardRows> {
  const counts = await transaction.query<BoardRows['counts'][number]>(
    `SELECT c.level, count(*) AS cases FROM hotline.process_case c WHERE ${live} GROUP BY c.level`,
  );
  const cards: BoardCard[] = [];
  // A question a level: each walks one stretch of the index and stops after twenty.
  for (const { level } of counts) {
    cards.push(
      ...(await transaction.query<BoardCard>(
        `SELECT c.level, c.business_key AS no, w.title, ${unit} AS unit, c.limit_at AS due,
                coalesce(d.provisional, false) AS provisional
           FROM hotline.process_case c JOIN hotline.work_order w ON w.no = c.business_key
           LEFT JOIN LATERAL (SELECT provisional FROM hotline.deadline
                               WHERE case_id = c.id AND is_limit AND NOT paused ORDER BY due_at LIMIT 1) d ON true
          WHERE ${live} AND ${level === null ? 'c.level IS NULL AND $1::text IS NULL' : 'c.level = $1'}
          ORDER BY c.limit_at, c.id LIMIT 20`,
        [level],
      )),
    );
  }
  const units = await transaction.query<BoardRows['units'][number]>(
    `SELECT ${unit} AS unit, count(*) FILTER (WHERE c.level = 'yellow') AS yellow,
            count(*) FILTER (WHERE c.level IN ${grave}) AS red
       FROM hotline.process_case c
      WHERE ${live} AND (c.level = 'yellow' OR c.level IN ${grave}) AND ${unit} IS NOT NULL
      GROUP BY 1 ORDER BY red DESC, yellow DESC, unit LIMIT 12`,
  );
  const trend = await transaction.query<BoardRows['trend'][number]>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day,
            (SELECT count(*) FROM hotline.work_order w WHERE w.realm = 'live'
              AND w.received_at >= day::timestamp AT TIME ZONE 'Asia/Shanghai'
              AND w.received_at < (day + interval '1 day')::timestamp AT TIME ZONE 'Asia/Shanghai') AS received,
            (SELECT count(*) FROM hotline.process_case c WHERE c.realm = 'live'
              AND c.ended_at >= day::timestamp AT TIME ZONE 'Asia/Shanghai'
              AND c.ended_at < (day + interval '1 day')::timestamp AT TIME ZONE 'Asia/Shanghai') AS ended
       FROM generate_series($1::timestamp, $2::timestamp, interval '1 day') day ORDER BY day`,
    [firstDay, lastDay],
  );
  return { counts, cards, units, trend };
}

interface LoadRow {
  readonly element: string;
  readonly name: string;
  readonly tasks: number;
  readonly yellow: number;
  readonly red: number;
  readonly oldest: Date;
  readonly cases: readonly { readonly no: string; readonly title: string; readonly level: string | null }[];
}

/** Where the open tasks of a process rest, the fullest element first. */
export async function processLoad(transaction: Transaction, process: string): Promise<LoadRow[]> {
  return transaction.query<LoadRow>(
    `SELECT element, max(name) AS name, count(*) AS tasks, count(*) FILTER (WHERE level = 'yellow') AS yellow,
            count(*) FILTER (WHERE level IN ${grave}) AS red, min(opened_at) AS oldest,
            json_agg(json_build_object('no', no, 'title', title, 'level', level) ORDER BY place)
              FILTER (WHERE place <= 20) AS cases
       FROM (SELECT t.element, t.name, t.opened_at, c.level, c.business_key AS no, w.title,
                    row_number() OVER (PARTITION BY t.element ORDER BY t.opened_at, c.id) AS place
               FROM hotline.task t JOIN hotline.process_case c ON c.id = t.case_id
               JOIN hotline.work_order w ON w.no = c.business_key
              WHERE t.realm = 'live' AND t.process = $1) waiting
      GROUP BY element ORDER BY tasks DESC, element`,
    [process],
  );
}
