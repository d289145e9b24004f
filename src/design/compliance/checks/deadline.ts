/**
 * Rule 6: no deadline is wider than the law's. Timer and legal limit are computed with the same
 * calendar from many starts; if the timer is later for one start, that is a finding.
 */
import { label, limitReference, type FlowNode } from '../../../engine/model/index.js';
import { limitsOfNorms } from '../../../kernel/law-content.js';
import { comparedWithLaw } from '../limits/compare.js';
import { coveringLimits, lateStart } from '../limits/covering.js';
import { isLimit, isLimitOf, measures, timerOf } from '../limits/timer.js';
import { wayTo } from '../flow/way-to.js';
import { linked, normsOf, fieldsOf } from '../links.js';
import { proofOf } from '../proof.js';
import { articleIdOf, type Norm } from '../../../law/regulation/model/index.js';
import type { Rule, Say, Subject } from '../subject.js';

export const deadline: Rule = (subject, say) => {
  const limited = subject.context.norms.filter(
    ({ deadline: limit }) => limit !== null && !('standard' in limit),
  );
  for (const norm of limited) checkCovered(subject, norm, say);
  const limits = limitsOfNorms(subject.context.norms);
  for (const timer of subject.elements.nodes) {
    if (timerOf(timer) === undefined) continue;
    checkReference(timer, limits, say);
    // Several norms may share a limit; a fault is reported once, by the first of them.
    const said = new Set<string>();
    for (const norm of limited.filter((one) => isLimitOf(subject, timer, one))) {
      const limit = limitInWords(norm);
      if (said.has(limit)) continue;
      said.add(limit);
      if (norm.deadline !== null && 'workingDays' in norm.deadline)
        checkLength(subject, timer, norm, norm.deadline.workingDays, say);
      else if (isOnSheet(norm)) checkOnSheet(timer, norm, say);
      else checkPromised(subject, timer, norm, say);
    }
  }
};

/** A limit that the law does not give in figures cannot be referred to. */
function checkReference(timer: FlowNode, limits: ReturnType<typeof limitsOfNorms>, say: Say): void {
  const clock = limitReference(timerOf(timer)?.timeDuration?.body ?? '')?.clock;
  if (clock === undefined || clock in limits) return;
  say({
    element: timer,
    message: `${label(timer)} 依条例的期限 ${clock} 计时，条例没有给它写出数字。`,
    fix: '选一个条例写有数字的期限，或者写明时长、取自政策。',
  });
}

const provisionOf = (norm: Norm): string => norm.provisions[0] ?? '';

/** An element that fulfils the norm must lie within a running limit that starts when the norm is triggered. */
function checkCovered(subject: Subject, norm: Norm, say: Say): void {
  const article = articleIdOf(provisionOf(norm));
  const serves = (timer: FlowNode): boolean =>
    measures(subject, timer, norm) ||
    (isLimit(subject, timer) &&
      normsOf(subject, timer).some(
        (link) => link.relation === 'checks' && articleIdOf(link.provision) === article,
      ));
  const allLimits = new Set<FlowNode>();
  for (const node of linked(subject, { norm: norm.id, relation: 'fulfils' })) {
    const limits = coveringLimits(subject, node).filter(serves);
    if (limits.length === 0) {
      say({
        element: node,
        article: provisionOf(norm),
        message: `${label(node)} 履行的义务有期限（${limitInWords(norm)}），却不在任何期限的范围里。`,
        fix: '把它放进挂着期限的框里，或者在它的边框上挂一个检查这项义务的定时器。',
      });
    }
    for (const limit of limits) allLimits.add(limit);
  }
  for (const limit of allLimits) {
    const late = lateStart(subject, limit, norm.id);
    if (late === undefined) continue;
    say({
      element: limit,
      article: provisionOf(norm),
      message: `期限 ${label(limit)} 起算晚了：义务触发以后先要等 ${label(late)}，这段时间没有计入。`,
      fix: `把 ${label(late)} 移到挂着期限的框里面。`,
    });
  }
}

const limitInWords = ({ deadline: limit }: Norm): string =>
  limit !== null && 'workingDays' in limit
    ? `${limit.workingDays} 个工作日`
    : limit !== null && 'stated' in limit && limit.stated === 'sheet'
      ? '工单上注明的时限'
      : '答复里写明的期限';

const isOnSheet = ({ deadline: limit }: Norm): boolean =>
  limit !== null && 'stated' in limit && limit.stated === 'sheet';

/** The limit is written on each sheet, so a duration fixed by the diagram would be wrong. */
function checkOnSheet(timer: FlowNode, norm: Norm, say: Say): void {
  const text = timerOf(timer)?.timeDuration?.body?.trim() ?? '';
  if (/^=\s*[A-Za-z_]\w*$/.test(text)) return;
  say({
    element: timer,
    article: provisionOf(norm),
    message: `${label(timer)} 不是工单上注明的时限：${text.startsWith('=') ? `“${text}”不只是那个变量` : '长短写死在图上'}。`,
    fix: '时间写成 = 加上工单上注明的时限的变量，例如 = handlingLimit，由决策表或者派单的表单定。',
  });
}

function checkLength(subject: Subject, timer: FlowNode, norm: Norm, workingDays: number, say: Say): void {
  const result = comparedWithLaw(subject, timer, workingDays);
  const article = provisionOf(norm);
  switch (result.kind) {
    case 'not-looser':
      if (result.natural) {
        say({
          severity: 'warning',
          element: timer,
          article,
          message: `${label(timer)} 不按工作日计，和法定的 ${workingDays} 个工作日不是一回事：${result.example}`,
          fix: `期限写 ${workingDays} 个工作日；有意从严的，在提交时写明理由。`,
        });
      }
      return;
    case 'looser':
      say({
        element: timer,
        article,
        message: `${label(timer)} 比法定的 ${workingDays} 个工作日宽${result.because}：${result.example}`,
        fix: `改为不超过 ${workingDays} 个工作日（P${workingDays}D，单位工作日）。`,
        proof: proofOf(wayTo(subject, timer.attachedToRef ?? timer), {
          kind: 'late',
          element: timer.id ?? '',
          workingDays,
          start: result.start.toISOString(),
          policies: result.policies,
        }),
      });
      return;
    case 'unknown':
      say({
        element: timer,
        article,
        message: `${label(timer)} 的期限${result.why}，无法确认它不比法定的 ${workingDays} 个工作日宽。`,
        fix: `写成固定的时长 P${workingDays}D，单位工作日。`,
      });
  }
}

function checkPromised(subject: Subject, timer: FlowNode, norm: Norm, say: Say): void {
  const wrong = promisedDateFault(subject, timer);
  if (wrong === undefined) return;
  say({
    element: timer,
    article: provisionOf(norm),
    message: `${label(timer)} 不是答复里写明的期限：${wrong}。`,
    fix: '“怎样到期”选到某一刻，时间写成 = 加上答复表单里必填的日期栏，例如 = promisedDate。',
  });
}

/** The fault in Chinese; undefined if the limit is exactly that date. */
function promisedDateFault(subject: Subject, limit: FlowNode): string | undefined {
  const timer = timerOf(limit);
  const text = timer?.timeDate?.body?.trim();
  if (text === undefined) return '它是一段时长，不是答复里的日期';
  const name = /^=\s*([A-Za-z_]\w*)$/.exec(text)?.[1];
  if (name === undefined) return `“${text}”不只是答复里的日期`;
  const isAsked = subject.elements.nodes.some((node) =>
    fieldsOf(subject, node).some(({ key, type, required }) => key === name && type === 'date' && required),
  );
  return isAsked ? undefined : `没有表单必填日期 ${name}`;
}
