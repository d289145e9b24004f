/** A difference of the schema in words: what no longer guards, and what anybody may do more. */
import type { SchemaDifference } from '../../persistence/index.js';

export function sayDifference({ object, missing, extra }: SchemaDifference): string {
  const [kind = '', name = ''] = object.split(' ');
  const what = `${kinds[kind] ?? kind} ${name.replace(/\(.*/s, '')}`;
  if (missing.length + extra.length === 0) return `${what} 不见了`;
  if (missing.some((line) => isTrigger.test(line)))
    return `${what} 上挡住修改、删除、清空的触发器不全或者被停用`;
  if (missing.includes('row security')) return `${what} 的围栏被关掉了:谁都看得到每一行`;
  const lines = [...missing, ...extra];
  if (lines.some((line) => line.startsWith('sha256 '))) return `${what} 的内容被换过`;
  const said = [
    ...(missing.length > 0 ? [`少了 ${missing.join('、')}`] : []),
    ...(extra.length > 0 ? [`多了 ${extra.join('、')}`] : []),
  ];
  return `${what} 与本程序的结构不符:${said.join(';')}`;
}

const kinds: Readonly<Record<string, string>> = {
  schema: '模式',
  table: '表',
  unlogged: '表',
  view: '视图',
  sequence: '序列',
  function: '函数',
};

const isTrigger = / (?:BEFORE|AFTER) .* EXECUTE FUNCTION /;
