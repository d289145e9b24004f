import { ruleNames, titleOfRule } from '../../src/design/compliance/finding.js';
import { whatRulesCheck } from '../../src/design/compliance/rule-texts.js';
import { table, type Page } from './page.js';

const intro = `一张流程图能不能发布，由这些规则说了算。设计器里边画边查、提交草稿时在服务器上查、命令行 \`npx hotline process check\`，用的是同一套规则。每一处毛病写明规则、环节、条文、毛病、改法。**错误**不能发布；**警告**可以发布，提交时要写明理由，理由留存。

环节靠行为（\`duty:deed\`）、条文链接（\`duty:norm\`）和存证栏目辨认，改名、换标识不影响核查。\`scenarios\`、\`replayed-cases\`、\`running-cases\` 看试跑的报告；报告按草稿的 SHA-256 认，改过一个字节就要重做。`;

export const checks: Page = {
  name: 'checks.md',
  title: '核查的规则',
  source: '`src/design/compliance/rule-texts.ts`',
  body: () => {
    const row = (rule: keyof typeof whatRulesCheck): string[] => [
      `\`${rule}\``,
      titleOfRule(rule),
      whatRulesCheck[rule],
    ];
    const ofTables = (Object.keys(whatRulesCheck) as (keyof typeof whatRulesCheck)[]).filter((rule) =>
      rule.startsWith('table-'),
    );
    return [
      intro,
      '## 流程图',
      table(
        ['序号', '规则', '名称', '查什么'],
        ruleNames.map((rule, at) => [String(at + 1), ...row(rule)]),
      ),
      '## 决策表',
      '`scenarios`、`replayed-cases` 同样适用。',
      table(['规则', '名称', '查什么'], ofTables.map(row)),
    ].join('\n\n');
  },
};
