import { settings } from '../../src/platform/cities/settings.js';
import { linked, table, type Page } from './page.js';

const intro = `全部以环境变量设置，一样也不设就能试用。正式运行怎样搭配见[运行手册](../operations.md)。“共用”的是整处安装的；几个城市合用一处时，其余的写进[城市名单](../guide/several-cities.md)里那个城市的 \`settings\`。\`OTEL_*\` 其余的变量照 OpenTelemetry 的标准。`;

export const configuration: Page = {
  name: 'configuration.md',
  title: '配置',
  source: '`src/platform/cities/settings.json`',
  body: () => {
    const all = Object.entries(settings);
    const parts = [...new Set(all.map(([, { group }]) => group))].map((group) => {
      const rows = all.filter(([, setting]) => setting.group === group);
      const cells = rows.map(([name, { about, unset = '', shared }]) => [
        `\`${name}\``,
        linked(about),
        linked(unset),
        shared ? '共用' : '',
      ]);
      return `## ${group}\n\n${table(['变量', '作用', '不设时', ''], cells)}`;
    });
    return [intro, ...parts].join('\n\n');
  },
};
