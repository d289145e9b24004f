/** SQL attacks, with all rights, on the trail itself and on what protects it. */
import pg from 'pg';
import { asSuperuser } from '../support/tamper.js';
import type { attacks } from '../../src/accountability/index.js';

interface LogTampering {
  readonly what: string;
  /** @param no of a sheet with some entries */
  readonly does: (url: string, no: string) => Promise<void>;
  readonly named: keyof typeof attacks;
}

/** Unmodified statements by the owner, which the schema's own triggers see. */
export async function lawfully(url: string, sql: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query(`SET search_path = hotline; ${sql}`);
  } finally {
    await owner.end();
  }
}

const statements =
  (...sql: readonly ((no: string) => string)[]) =>
  (url: string, no: string): Promise<void> =>
    asSuperuser(url, ...sql.map((one) => [one(no)] as const));

const body = (no: string, from: string, to: string): string =>
  `UPDATE trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '${from}', '${to}'), 'UTF8') WHERE stream = '${no}' AND seq = 1`;
const hashed = (): string =>
  `UPDATE trail_entry SET leaf = sha256('\\x00'::bytea || body) WHERE leaf <> sha256('\\x00'::bytea || body)`;

export const logTamperings: readonly LogTampering[] = [
  {
    what: '改了一条的内容',
    does: statements((no) => body(no, '"seq":1', '"seq":1 ')),
    named: 'edited',
  },
  {
    what: '改了一条，连哈希',
    does: statements((no) => body(no, '"seq":1', '"seq":1,"x":1'), hashed),
    named: 'edited',
  },
  {
    what: '一条换成不是 JSON 的字节，连哈希',
    does: statements(
      (no) => `UPDATE trail_entry SET body = '\\xff00fe' WHERE stream = '${no}' AND seq = 2`,
      hashed,
    ),
    named: 'reordered',
  },
  {
    what: '一条自称是名称存不进库的链的',
    does: statements((no) => body(no, `"stream":"${no}"`, '"stream":"\\u0000\\ud800"'), hashed),
    named: 'reordered',
  },
  {
    what: '改了供查询的时刻',
    does: statements((no) => `UPDATE trail_entry SET at = at - interval '1 day' WHERE stream = '${no}'`),
    named: 'edited',
  },
  {
    what: '改了供查询的种类',
    does: statements((no) => `UPDATE trail_entry SET type = 'x' WHERE stream = '${no}' AND seq = 1`),
    named: 'edited',
  },
  {
    what: '删了一条',
    does: statements((no) => `DELETE FROM trail_entry WHERE stream = '${no}' AND seq = 2`),
    named: 'deleted',
  },
  {
    what: '截去链尾',
    does: statements((no) => `DELETE FROM trail_entry WHERE stream = '${no}' AND seq > 2`),
    named: 'case-cut',
  },
  {
    what: '整条链没有了，连它的位置',
    does: statements(
      (no) => `DELETE FROM trail_entry WHERE stream = '${no}'`,
      (no) => `DELETE FROM trail_leaf WHERE stream = '${no}'`,
    ),
    named: 'case-cut',
  },
  {
    what: '调换两条的位置',
    does: statements(
      (no) => `UPDATE trail_leaf SET seq = 1000 WHERE stream = '${no}' AND seq = 2`,
      (no) => `UPDATE trail_leaf SET seq = 2 WHERE stream = '${no}' AND seq = 3`,
      (no) => `UPDATE trail_leaf SET seq = 3 WHERE stream = '${no}' AND seq = 1000`,
    ),
    named: 'reordered',
  },
  {
    what: '链尾添了一条自己写的',
    does: statements(
      (no) =>
        `INSERT INTO trail_entry (stream, seq, at, type, leaf, body) SELECT stream, max(seq) + 1, max(at), 'note.added', sha256('x'), 'x' FROM trail_entry WHERE stream = '${no}' GROUP BY stream`,
    ),
    named: 'inserted',
  },
  {
    what: '链头改回去',
    does: statements(
      () =>
        `UPDATE trail_head h SET seq = 1, leaf = (SELECT leaf FROM trail_entry e WHERE e.stream = h.stream AND seq = 1) WHERE stream = 'accounts'`,
    ),
    named: 'head-moved',
  },
  {
    what: '翻了树的一片里的一位',
    does: statements(
      () => `UPDATE trail_tile SET hashes = set_byte(hashes, 3, get_byte(hashes, 3) # 1) WHERE level = 0`,
    ),
    named: 'tile-damaged',
  },
  {
    what: '删了树的一片',
    does: statements(() => `DELETE FROM trail_tile WHERE level = 0`),
    named: 'tile-damaged',
  },
  {
    what: '全库的大小改小',
    does: statements(() => `UPDATE trail_log SET size = size - 1`),
    named: 'log-cut',
  },
  {
    what: '截去全库的尾部',
    does: statements(
      () =>
        `DELETE FROM trail_entry USING (SELECT stream, seq FROM trail_leaf ORDER BY index DESC LIMIT 2) l WHERE trail_entry.stream = l.stream AND trail_entry.seq = l.seq`,
      () => `DELETE FROM trail_leaf WHERE index >= (SELECT size - 2 FROM trail_log)`,
    ),
    named: 'log-cut',
  },
  {
    what: '改了检查点的签名',
    does: statements(
      () =>
        `UPDATE trail_checkpoint SET note = regexp_replace(note, '[A-Za-z](={0,2}\\n)$', 'A\\1') || '' WHERE size = (SELECT max(size) FROM trail_checkpoint); UPDATE trail_checkpoint SET note = overlay(note placing 'AAAAAA' from length(note) - 20)`,
    ),
    named: 'forged',
  },
  {
    what: '检查点换成读不了的',
    does: statements(() => `UPDATE trail_checkpoint SET note = 'x'`),
    named: 'damaged',
  },
  {
    what: '检查点的公钥换了别的',
    does: statements(
      () => `UPDATE trail_checkpoint SET vkey = 'other.example/trail+00000000+' || split_part(vkey, '+', 3)`,
    ),
    named: 'forged',
  },
  {
    what: '排号的界推过没有入树的',
    does: statements(
      (no) =>
        `DELETE FROM trail_leaf WHERE stream = '${no}' AND seq = (SELECT max(seq) FROM trail_leaf WHERE stream = '${no}')`,
      () => `UPDATE trail_log SET horizon = pg_snapshot_xmin(pg_current_snapshot())`,
    ),
    named: 'passed-over',
  },
];

interface GuardTampering {
  readonly what: string;
  readonly sql: string;
  readonly said: RegExp;
}

const guard = (what: string, sql: string, said: RegExp): GuardTampering => ({ what, sql, said });

export const guardTamperings: readonly GuardTampering[] = [
  guard(
    '挡住修改的函数换成什么也不做的',
    'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    /函数 refuse_change 的内容被换过/,
  ),
  guard(
    '链头只许往前的函数换成什么也不做的',
    'CREATE OR REPLACE FUNCTION advance_head_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    /函数 advance_head_only 的内容被换过/,
  ),
  guard(
    '停用触发器',
    'ALTER TABLE trail_entry DISABLE TRIGGER ALL',
    /表 trail_entry 上挡住修改、删除、清空的触发器不全或者被停用/,
  ),
  guard(
    '触发器改成复制时不触发',
    'ALTER TABLE definition ENABLE TRIGGER definition_append_only',
    /表 definition/,
  ),
  guard('去掉触发器', 'DROP TRIGGER definition_append_only ON definition', /表 definition/),
  guard(
    '让程序的角色能改轨迹',
    'GRANT UPDATE, DELETE ON trail_entry TO hotline_app',
    /表 trail_entry.*update/,
  ),
  guard('让看图表的角色能看口令', 'GRANT SELECT ON session TO hotline_viewer', /表 session/),
  guard('打开来电人资料的围栏', 'ALTER TABLE caller DISABLE ROW LEVEL SECURITY', /表 caller/),
  guard('放宽围栏的条件', 'ALTER POLICY viewer ON sealed_value USING (true)', /表 sealed_value/),
  guard('添一条规则', 'CREATE RULE x AS ON DELETE TO policy_ruling DO INSTEAD NOTHING', /policy_ruling/),
  guard('函数的所有者换人', 'ALTER FUNCTION refuse_change() OWNER TO hotline_app', /refuse_change/),
  guard('表的所有者换成程序', 'ALTER TABLE trail_terms OWNER TO hotline_app', /trail_terms/),
  guard('停掉事件触发器', 'ALTER EVENT TRIGGER hotline_schema_changed DISABLE', /改表不再自动记入轨迹/),
  guard('去掉事件触发器', 'DROP EVENT TRIGGER hotline_schema_dropped', /改表不再自动记入轨迹/),
  guard(
    '去掉约束',
    'ALTER TABLE assessment_method_ruling DROP CONSTRAINT assessment_method_ruling_check',
    /assessment_method_ruling/,
  ),
];
