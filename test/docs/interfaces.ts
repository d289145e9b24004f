import { eventTitles } from '../../src/channel/notification/event-types/index.js';
import { sharedData, type Item } from '../../src/http/contract/shared-data.js';
import { scopeTitles } from '../../src/identity/scopes/index.js';
import { table, type Page } from './page.js';

interface Dataset {
  readonly title: string;
  readonly about: string;
  readonly refreshed: string;
  readonly items: { readonly [key: string]: Item };
}

export const interfaces: Page = {
  name: 'interfaces.md',
  title: '令牌的范围、事件的类型、共享数据的项目',
  source:
    '`src/identity/scopes/`、`src/channel/notification/event-types/` 和 `src/http/contract/shared-data.ts`',
  body: () => {
    const sets = Object.entries<Dataset>(sharedData).map(([key, { title, about, refreshed, items }]) => {
      const rows = Object.entries(items).map(([name, item]) => [`\`${name}\``, item.title, item.about]);
      return `### ${title} \`${key}\`\n\n${about}。更新：${refreshed}。\n\n${table(['数据项', '名称', '含义'], rows)}`;
    });
    const events = Object.entries(eventTitles).map(([type, title]) => [`\`${type}\``, title]);
    const scopes = Object.entries(scopeTitles).map(([scope, title]) => [`\`${scope}\``, title]);
    return [
      '接口本身见运行中的程序的 `/docs` 和 `/openapi.json`。',
      `## 令牌的范围\n\n${table(['范围', '可以'], scopes)}`,
      `## 事件\n\n怎样订阅、怎样验签名见[与其他系统对接](../integration.md#事件)。\n\n${table(['类型', '什么时候'], events)}`,
      '## 共享数据\n\n怎样取用见[共享数据目录](../warning.md#共享数据目录)。',
      ...sets,
    ].join('\n\n');
  },
};
