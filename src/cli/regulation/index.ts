/**
 * `hotline regulation show|coverage|deeds|print|why|rebuild-duties|text`: what the regulation says, which
 * elements fulfil it, and why a case owes a duty.
 */
import type { System } from '../../main.js';
import type { Answer, ChineseCommand } from '../frame/chinese-command.js';
import { readWhole } from '../frame/read-bytes.js';
import { dayOption, packageOption } from '../frame/usual-options.js';
import { withSystem } from '../frame/with-system.js';
import type { DeedOptions } from './deeds.js';
import type { PrintOptions } from './print.js';
import type { Asked } from './shown.js';

const shippedOption = ['--shipped', '按程序附带的条例和流程图，不看数据库里现行的'] as const;

export function register(program: ChineseCommand): void {
  const regulation = program.word('regulation', '条例：逐条的义务、履行它们的环节');
  regulation
    .word('show', '一条、一款或者一项：义务、期限、环节、情景、证据、政策')
    .option(...shippedOption)
    .option(...dayOption)
    .json()
    .argument('<条文>', 'artN（条）、artN.pM（款）或者 artN.pM.iK（项）')
    .answers(async (provision: string, asked: Asked) => (await import('./show.js')).show(provision, asked));
  regulation
    .word('coverage', '每条义务由哪个环节履行、哪个情景检验、留什么证据；有空白的以 1 退出')
    .option(...shippedOption)
    .option(...dayOption)
    .json()
    .answers(async (asked: Asked) => (await import('./coverage.js')).coverage(asked));
  regulation
    .word('deeds', '条例的行为词汇：谁做、带什么事实、关于什么，引起、履行、变动哪些义务')
    .option(...packageOption)
    .option(...dayOption)
    .json()
    .answers(async (options: DeedOptions) => (await import('./deeds.js')).deeds(options));
  regulation
    .word(
      'conformity',
      '国务院文件、省的规定、标准：每一条由系统、由人还是没有做到，凭据，与条例、政策的差异',
    )
    .option(...packageOption)
    .option('--shipped', '按程序附带的条例，不看数据库，不计件数')
    .json()
    .answers(async (asked: { readonly package?: string; readonly shipped?: boolean }) =>
      (await import('./conformity.js')).conformity(asked),
    );
  regulation
    .word(
      'print',
      '逐条对照：左边公布的原文，右边系统所用的规则的白话，给律师核对、签字；缺的、编号不同的条说出来',
    )
    .requiredOption('--text <文件>', '公布机关发布的全文（UTF-8 文本）')
    .option('--out <文件>', '写成 Word 文件（.docx）；不写的显示出来')
    .option(...packageOption)
    .json()
    .answers(async (asked: PrintOptions) => (await import('./print.js')).print(asked));
  regulation
    .word('why', '一件工单的法定义务为什么产生、为什么没有，期限怎样来的，做了什么、还差什么，由谁、最迟何时')
    .json()
    .argument('<工单编号>')
    .argument('[义务]', '在条例目录里的编号，不欠的也可以问；不写是已经产生的各项')
    .answersOfSystem(async (system, no: string, norm?: string) =>
      (await import('./why.js')).why(system, no, norm),
    );
  regulation
    .word('rebuild-duties', '只凭轨迹重做各工单法定义务的状态；系统运行时也可以做')
    .answersOfSystem(rebuildDuties);
  regulation
    .word('text', '载入条例的官方全文（UTF-8 文本），逐条、逐款、逐项与目录核对；此后与义务并列显示')
    .argument('<文件>', '公布机关发布的全文')
    .actor('载入')
    .json()
    .answers(loadText);
}

async function rebuildDuties({ database, catalogues }: System): Promise<string> {
  const law = await import('../../law/regulation/index.js');
  return `已按轨迹重做 ${await law.rebuildDuties(database, catalogues)} 张工单的法定义务`;
}

async function loadText(name: string, { actor }: { readonly actor: string }): Promise<Answer> {
  const bytes = await readWhole(name);
  const { loadOfficialText } = await import('../../law/regulation/index.js');
  const { text, known } = await withSystem('regulation text', (system) =>
    loadOfficialText(system, { name, bytes, actor }),
  );
  const { regulation, version, sha256, effectiveFrom, effectiveTo } = text;
  const until = effectiveTo === null ? '' : `，至 ${effectiveTo} 前`;
  return {
    data: { regulation, version, sha256, effectiveFrom, effectiveTo, known },
    words: `${known ? '已经载入过' : '已载入'} ${version} 版条例的原文，自 ${effectiveFrom} 起施行${until},SHA-256 ${sha256}`,
  };
}
