/** The fragments of diagrams and their params, from the fragments' own documentation. */
import { join } from 'node:path';
import { fragmentIn, type FragmentParam } from '../../src/kernel/diagram-fragment.js';
import { packageFragments, packageText } from '../../src/kernel/package-content.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { table, type Page } from './page.js';

const weifang = join(packageRoot, 'packages', 'weifang');

const intro =
  '占位的环节和参数怎样写，见 [package.md](../package.md)。没有“不写的”一项，必须写；“内容”写在 `duty:param` 里面。';

export const fragments: Page = {
  name: 'fragments.md',
  title: '流程图的片段',
  source: '`packages/*/processes/fragments/`',
  body: () => {
    const shared = packageFragments(packageRoot);
    const own = packageFragments(weifang).filter((name) => !shared.includes(name));
    return [
      intro,
      ...shared.map((name) => partOf(name, packageRoot)),
      '下面的只在潍坊的条例包里。',
      ...own.map((name) => partOf(name, weifang)),
    ].join('\n\n');
  },
};

function partOf(name: string, root: string): string {
  const text = packageText(`processes/fragments/${name}.bpmn`, root);
  const { title, documentation, params } = fragmentIn(text);
  const isPart = ({ name: param }: FragmentParam): boolean => text.includes(`duty:when="{${param}}"`);
  return [
    `## \`${name}\`：${title}`,
    documentation,
    table(
      ['参数', '是什么', '不写的'],
      params.map((param) => [
        `\`${param.name}\``,
        param.label,
        isPart(param) && param.value !== 'none' ? '有' : unsaid(param),
      ]),
    ),
  ].join('\n\n');
}

function unsaid({ value, content }: FragmentParam): string {
  if (value === 'none') return '没有';
  if (value) return `\`${value}\``;
  if (content.length > 0) return `内容（${content.length} 项）`;
  return value === undefined ? '' : '没有';
}
