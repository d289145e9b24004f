/**
 * `hotline radar run` and `hotline radar look`: finds statistical outliers in the trail, and stores
 * or only shows them.
 */
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { actorOf, realmOf, realmOption } from './frame/usual-options.js';

export function register(program: ChineseCommand): void {
  const radar = program.word('radar', '线索：统计上少见的情形，供审计人员看');
  radar
    .word('run', '现在就看一遍，记下新的线索（每天零点自动做）；再做一遍什么也不多')
    .actor('做')
    .json()
    .answersOfSystem(run);
  radar
    .word('look', '只看，不记')
    .option(...realmOption)
    .json()
    .answersOfSystem(lookOnly);
}

async function run(system: System, { actor }: { readonly actor: string }): Promise<Answer> {
  const by = actorOf(actor);
  const { runRadar } = await import('../measures/radar/index.js');
  const { raised, grown, reopened, ...sight } = await runRadar(system, by);
  const words = async (): Promise<string> =>
    `${await inWords(sight)}\n新的 ${raised} 条，有新依据的 ${grown} 条，重新打开的 ${reopened} 条；记在轨迹的 radar 链里`;
  return { data: { ...sight, raised, grown, reopened }, words };
}

async function lookOnly(system: System, { realm }: { readonly realm: string }): Promise<Answer> {
  const of = realmOf(realm);
  const { lookNow } = await import('../measures/radar/index.js');
  const sight = await lookNow(system, of);
  return { data: sight, words: () => inWords(sight) };
}

type Sight = Awaited<ReturnType<typeof import('../measures/radar/index.js').lookNow>>;

async function inWords({ sheets, unread, size, hypotheses }: Sight): Promise<string> {
  const { chanceOf, radarRules, rulesOfPattern, sentenceOf } = await import('../measures/radar/index.js');
  const rules = radarRules();
  return [
    `看了轨迹前 ${size} 条中 ${sheets} 张工单的` +
      (unread > 0 ? `；另有 ${unread} 张轨迹不能认定，没有看` : ''),
    ...hypotheses.map(
      ({ subject, entries, ...one }) =>
        `${rulesOfPattern(rules, one.pattern).title}：${sentenceOf({ ...one, subject: subject.name })}` +
        `偶然的机会${one.power < 1 ? '' : '至多'}${chanceOf(one.power)}；依据 ${entries.length} 条条目`,
    ),
    hypotheses.length === 0 ? '没有线索' : `共 ${hypotheses.length} 条；都只是统计上少见，不是认定`,
  ].join('\n');
}
