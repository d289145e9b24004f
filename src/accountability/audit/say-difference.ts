/** Describes a schema difference: which protection is missing, and which rights were added. */
import type { SchemaDifference } from '../../platform/database/index.js';

export function sayDifference({ object, missing, extra }: SchemaDifference): string {
  const [, kind = '', name = ''] = /^(?:unlogged )?(\w+)(?: ([^(]*))?/.exec(object) ?? [];
  const what = [kinds[kind] ?? kind, ...(name === '' ? [] : [name])].join(' ');
  if (missing.length + extra.length === 0) return `${what} 不见了`;
  if (missing.some((line) => isTrigger.test(line)))
    return `${what} 上挡住修改、删除、清空的触发器不全或者被停用`;
  const lines = [...missing, ...extra];
  if (lines.some((line) => line.startsWith('sha256 '))) return `${what} 的内容被换过`;
  const said = [
    ...(missing.includes(fence) ? ['围栏被关掉了：有权读这张表的都看得到每一行'] : []),
    ...list(
      '少了',
      missing.filter((line) => line !== fence),
    ),
    ...list('多了', extra),
  ];
  return `${what} 与本程序的结构不符：${said.join('；')}`;
}

const fence = 'row security';

const list = (what: string, lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? [`${what} ${lines.join('、')}`] : [];

const kinds: Readonly<Record<string, string>> = {
  schema: '本模式的权限、所有者',
  extensions: '扩展所在的模式',
  references: '视图、策略、函数对外面的引用',
  table: '表',
  view: '视图',
  sequence: '序列',
  function: '函数',
};

const isTrigger = / (?:BEFORE|AFTER) .* EXECUTE FUNCTION /;
