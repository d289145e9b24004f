import { dutyExplainer, readCase, type NormReasons } from '../../cases/index.js';
import { isSound } from '../../accountability/events/index.js';
import { provisionLabel } from '../../law/regulation/index.js';
import type { System } from '../../main.js';
import type { Answer } from '../frame/chinese-command.js';

/** Prints why the case owes each duty, or this one, or why it does not. */
export async function why(system: System, no: string, norm?: string): Promise<Answer> {
  const { file, trail } = await readCase(system, no);
  const asked = { trail: trail.filter(isSound), startedAt: file.startedAt, at: system.clock.now() };
  const deps = { ...system, standIns: system.identity.rules.standIns };
  const found = await system.database.transaction(async (transaction) => {
    const { norms, explain } = await dutyExplainer(deps, transaction, asked);
    return (norm === undefined ? [...norms] : [norm]).map(explain);
  });
  return {
    data: { at: asked.at, items: found },
    words: found.length === 0 ? '还没有产生法定义务' : found.map(inWords).join('\n\n'),
  };
}

function inWords({ norm, provisions, says, absent, duties }: NormReasons): string {
  const several = duties.length > 1;
  return [
    `${norm}（${provisions.map(provisionLabel).join('、')}）${says}`,
    ...absent.map(lineInWords),
    ...duties.flatMap(({ lines }, index) => [
      ...(several ? [`  第 ${String(index + 1)} 项`] : []),
      ...lines.map(lineInWords),
    ]),
  ].join('\n');
}

const lineInWords = ({ about, text, entry }: NormReasons['absent'][number]): string =>
  `  ${about}：${text}${entry === null ? '' : `（轨迹第 ${String(entry)} 条）`}`;
