import { libraryDefects, mendedDefects } from '../support/library-defects.js';
import { traces, type Trace } from '../support/traces.js';
import { table, type Page } from './page.js';

const intro = `办工单的引擎是我们自己写的（\`src/engine/runtime/token/\`）。bpmn-engine 放在同一个接口后面，只作第二意见：草案试跑时，走过改动之处的情景在它上面也走一遍，每一步以后两边停在一处才算一致；走得到下面的缺陷而停得不同的，写“未比较”。

金标准轨迹（\`test/traces\`）每个文件讲一种 BPMN 行为，预期由 BPMN 2.0.2（主要是第 13 章）推出。\`token\` 必须与预期完全相同；库要么相同，要么在轨迹里写明的那一步偏离，归到一个缺陷。库若改好了，测试会失败。随机生成的模型、五个流程上的随机行走，也在两个引擎上比。`;

const replaced = `## 适配层替换了什么

- 定时器、信号、消息、服务任务只报告，由调用者去做；不读主机时钟。
- 条件、集合、份数一律 FEEL，没有脚本。没走的路不发“未走”。名称由计数得来，不用随机数。
- 流程变量由调用者每一步交进来，状态里没有。过期的刺激以 \`stimulus.not-waiting\` 拒绝。
- 活动自己的变量（\`duty:scope\`）、多实例的结果集合（\`loopDataOutputRef\`）库没有：以 \`definition.unsupported\` 拒绝。被调用的流程在另一张图里时，两张图的元素标识不能相同。`;

export const engineDifferences: Page = {
  name: 'engine-differences.md',
  title: '第二个引擎：和 bpmn-engine 的差别',
  source: '`src/engine/runtime/library/defects.ts` 和 `test/traces/`',
  body: () => {
    const all = traces();
    const rows = (defects: { readonly [id: string]: { what: string; issues: readonly string[] } }) =>
      table(
        ['编号', '库怎样做', '问题单', '显示它的轨迹'],
        Object.entries(defects).map(([id, { what, issues }]) => [
          `\`${id}\``,
          what,
          issues.join('、') || '未见',
          all
            .filter((trace) => defectOf(trace) === id)
            .map(({ name }) => `\`${name}\``)
            .join('、'),
        ]),
      );
    return [
      intro,
      `## 库的已知缺陷\n\n${rows(libraryDefects)}`,
      `## 适配层补上的缺陷\n\n${rows(mendedDefects)}`,
      replaced,
    ].join('\n\n');
  },
};

function defectOf({ library }: Trace): string | undefined {
  if (typeof library === 'string') return undefined;
  return 'mended' in library ? library.mended : library.defect;
}
