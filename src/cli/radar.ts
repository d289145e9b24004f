/** `hotline radar run` and `hotline radar look`: what is statistically rare in the trail, stored or only shown. */
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import type { System } from '../main.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly actor: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  const radar = group(program, 'radar', '线索:统计上少见的情形,供审计人员看');
  radar
    .command('run')
    .description('现在就看一遍,记下新的线索(每天零点自动做);再做一遍什么也不多')
    .option('--actor <姓名>', '谁做的,记入轨迹', '命令行')
    .option('--json', '输出 JSON')
    .action((options: Options) => guarded(() => withSystem('radar run', (system) => run(system, options))));
  radar
    .command('look')
    .description('只看,不记')
    .option('--realm <范围>', 'live 实际运行(默认),replay 回放', 'live')
    .option('--json', '输出 JSON')
    .action((options: { readonly realm: string; readonly json?: boolean }) =>
      guarded(() => withSystem('radar look', (system) => lookOnly(system, options))),
    );
}

async function run(system: System, { actor, json }: Options): Promise<string> {
  if (!actor.trim()) {
    throw new Refusal('usage.invalid', '没有写谁做的:--actor 是空的', {
      remedy: '写姓名,例如 --actor 王某;不写 --actor 的记作“命令行”',
    });
  }
  const { runRadar } = await import('../measures/radar/index.js');
  const { raised, grown, reopened, ...sight } = await runRadar(system, actor.trim());
  if (json) return JSON.stringify({ ...sight, raised, grown, reopened });
  return [
    ...(await linesOf(sight)),
    `新的 ${raised} 条,有新依据的 ${grown} 条,重新打开的 ${reopened} 条;记在轨迹的 radar 链里`,
  ].join('\n');
}

async function lookOnly(
  system: System,
  { realm, json }: { readonly realm: string; readonly json?: boolean },
): Promise<string> {
  if (realm !== 'live' && realm !== 'replay') {
    throw new Refusal('usage.invalid', `没有“${realm}”这个范围`, {
      remedy: '--realm live 或者 --realm replay',
    });
  }
  const { lookNow } = await import('../measures/radar/index.js');
  const sight = await lookNow(system, realm);
  return json ? JSON.stringify(sight) : (await linesOf(sight)).join('\n');
}

type Sight = Awaited<ReturnType<typeof import('../measures/radar/index.js').lookNow>>;

async function linesOf({ sheets, unread, size, hypotheses }: Sight): Promise<readonly string[]> {
  const { chanceOf, radarRules, sentenceOf } = await import('../measures/radar/index.js');
  const { patterns } = radarRules();
  return [
    `看了轨迹前 ${size} 条中 ${sheets} 张工单的` +
      (unread > 0 ? `;另有 ${unread} 张轨迹不能认定,没有看` : ''),
    ...hypotheses.map(
      ({ subject, entries, ...one }) =>
        `${patterns[one.pattern].title}:${sentenceOf({ ...one, subject: subject.name })}` +
        `偶然的机会${one.power < 1 ? '' : '至多'}${chanceOf(one.power)};依据 ${entries.length} 条条目`,
    ),
    hypotheses.length === 0 ? '没有线索' : `共 ${hypotheses.length} 条;都只是统计上少见,不是认定`,
  ];
}
