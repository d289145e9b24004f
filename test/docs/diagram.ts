/** The attributes and elements that the program reads in a diagram beyond BPMN, from the descriptor itself. */
import { dutyDescriptor } from '../../src/engine/model/descriptor.js';
import { table, type Page } from './page.js';

interface Property {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

interface Type {
  readonly name: string;
  readonly description?: string;
  readonly extends?: readonly string[];
  readonly properties: readonly Property[];
}

/** moddle, once loaded, has written its prefix into the descriptor. */
const types = JSON.parse(JSON.stringify(dutyDescriptor.types).replaceAll('"duty:', '"')) as readonly Type[];

const intro = `命名空间 \`${dutyDescriptor.uri}\`，前缀 \`duty\`。FEEL 写作 \`= 式子\`。行为怎样写、期限多长，见 [duties.md](../duties.md)；条例包自己的扩展只有 \`duty:param\`、\`duty:slot\`（[片段](fragments.md)）。`;

export const diagram: Page = {
  name: 'diagram.md',
  title: '流程图里 BPMN 以外的写法：`duty:` 的元素和属性',
  source: '`src/engine/model/descriptor.ts`',
  body: () =>
    [
      intro,
      '## 写在 BPMN 元素上的属性',
      table(
        ['写在', '属性', '写什么'],
        types.flatMap(({ extends: on, description, properties }) =>
          (on ?? []).length === 0
            ? []
            : properties.map(({ name, description: says }, at) => [
                (on ?? []).map((one) => `\`${one}\``).join('、'),
                `\`duty:${name}\``,
                at === 0 && description !== undefined ? `${says}。${description}` : says,
              ]),
        ),
      ),
      ...types.filter((type) => type.extends === undefined).map(elementOf),
    ].join('\n\n'),
};

const elementOf = ({ name, description = '', properties }: Type): string =>
  [
    `## \`duty:${tag(name)}\``,
    description,
    table(
      ['写什么', '是什么'],
      properties.map(({ name: property, type, description: says }) => [
        types.some((one) => one.name === type) ? `\`<duty:${tag(type)}>\`` : `\`${property}\``,
        type === 'Boolean' ? `${says}（\`true\`）` : says,
      ]),
    ),
  ].join('\n\n');

const tag = (name: string): string => name.toLowerCase();
