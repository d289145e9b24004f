/** Checks display names in the trail: none may resemble another name, or the program's own. */
import { Refusal } from '../kernel/index.js';

/** Characters for format and direction, controls and fillers: they are invisible, or reverse the text. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** An actor is written as name(log-in name). */
const bracket = /[()\p{Ps}\p{Pe}]/u;

/** The program's own name as an actor. */
const ownName = /^(系统|考核周期|示例数据|知识库复核)/;

const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('係', '系')
    .replaceAll('統', '统');

/** Another system is written as 系统:name(token): only the bare name is reserved. */
const imitates = (name: string, kind: Kind): boolean => {
  const own = ownName.exec(folded(name))?.[0];
  return own !== undefined && (kind !== 'system' || own === folded(name));
};

type Kind = 'person' | 'system' | 'unit';

/**
 * @param kind units may have brackets in their names, because they are never actors
 * @throws {Refusal} `input.invalid`
 */
export function assertName(name: string, where: string, kind: Kind): void {
  const wrong = unseen.test(name)
    ? '名称里有看不见的或者改变文字方向的字符'
    : kind !== 'unit' && bracket.test(name.normalize('NFKC'))
      ? '名称里不能有括号：轨迹里的办理人写成“姓名（登录名）”'
      : imitates(name, kind)
        ? '名称与程序自己在轨迹里的名称相像'
        : undefined;
  if (wrong !== undefined) throw new Refusal('input.invalid', wrong, { where, remedy: '换一个写法' });
}
