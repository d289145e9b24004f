import { z } from 'zod';
import { families, type Family } from '../../src/accountability/events/index.js';
import type { Page } from './page.js';

const intro = `条目是一个 JSON 对象（RFC 8785）。每一条都有：

- \`v\` 这一种条目的版次，现在都是 1
- \`stream\`、\`seq\` 哪条链，第几条
- \`prev\` 前一条的哈希，第一条是 64 个 0
- \`type\` 种类，见下
- \`at\` 法律上的时刻：事情发生或者期限届满的时刻（UTC）
- \`sealed\` 另行封存的文字：名称和加盐的哈希；没有的不写。工单的头一条、更正的各条：标题 \`title\`、内容 \`content\`、收到的时刻等其余各项 \`particulars\`，来电人的 \`callerName\`、\`callerContact\`、\`callerAddress\`，事发地点 \`place\`
- \`state\` 工单办到这一条时的现状（所填所答、停留的环节、待办、期限）的 SHA-256；一个事务里的最后一条才有

其余的键按种类列出，带 \`?\` 的可以没有。表里没有的种类和键写不进去。读条目也只有一处（\`readEntry\`）：内容与哈希不符、不合表的，算是改动过的；种类、版次本程序不认得的（更新的程序写的），不据以认定，也不算改动。`;

type Shape = z.ZodRawShape;

export const entries: Page = {
  name: 'entries.md',
  title: '轨迹的条目：有哪些种类，各写什么',
  source: '`src/accountability/events/`',
  body: () => [intro, ...(families as readonly Family[]).map(said)].join('\n\n'),
};

function said({ stream, title, events }: Family): string {
  const shapes = Object.values(events).map(({ shape }) => shape);
  const shared = Object.keys(shapes[0] ?? {}).filter(
    (name) => shapes.length > 1 && shapes.every((shape) => shape[name] === shapes[0]?.[name]),
  );
  const common = shared.length > 0 ? `。各种都有：${fields(shapes[0] ?? {}, shared)}` : '';
  const kinds = Object.entries(events).map(([type, { title: name, shape }]) => {
    const own = fields(
      shape,
      Object.keys(shape).filter((field) => !shared.includes(field)),
    );
    return `- \`${type}\` **${name}**${own === '' ? '' : `:${own}`}`;
  });
  return `## ${title}\n\n链 \`${stream}\`${common}。\n\n${kinds.join('\n')}`;
}

const fields = (shape: Shape, names: readonly string[]): string =>
  names
    .map((name) => {
      const type = shape[name] as z.ZodType;
      const optional = type instanceof z.ZodOptional;
      const inner = type instanceof z.ZodOptional || type instanceof z.ZodNullable ? type.unwrap() : type;
      const description = type.description ?? (inner as z.ZodType).description;
      return `\`${name}${optional ? '?' : ''}\`${description === undefined ? '' : ` ${description}`}`;
    })
    .join(',');
