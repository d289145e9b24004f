/**
 * Rule 6: no deadline is wider than the law's. Timer and legal limit are computed with the same
 * calendar from many starts; if the timer is later for one start, that is a finding.
 */
import { duty, label, limitReference, type FlowNode } from '../../../engine/model/index.js';
import { limitsOf } from '../../../kernel/law-of-content.js';
import { isDefinite, rulesIn, workingDaysOf } from '../../../kernel/limit.js';
import { comparedWithLaw } from '../limits/compare.js';
import { coveringLimits, lateStart } from '../limits/covering.js';
import { modelsOf } from '../doing.js';
import { isLimit, isLimitOf, limitOfNorm, measures, timerOf } from '../limits/timer.js';
import { wayTo } from '../flow/way-to.js';
import { linked, normsOf } from '../links.js';
import { proofOf } from '../proof.js';
import { articleIdOf, limitInWords, type Norm } from '../../../law/regulation/model/index.js';
import type { Rule, Say, Subject } from '../subject.js';

export const deadline: Rule = (subject, say) => {
  const limited = subject.context.norms.filter((norm) => isDefinite(limitOfNorm(subject, norm)));
  for (const norm of limited) checkCovered(subject, norm, say);
  checkKept(subject, say);
  const limits = limitsOf(subject.context.norms, subject.context.vocabulary.clocks);
  for (const timer of subject.elements.nodes) {
    if (timerOf(timer) === undefined) continue;
    checkReference(subject, timer, limits, say);
    // Several norms may share a limit; a fault is reported once, by the first of them.
    const said = new Set<string>();
    for (const norm of limited.filter((one) => isLimitOf(subject, timer, one))) {
      const limit = limitOfNorm(subject, norm);
      if (said.has(limitInWords(limit))) continue;
      said.add(limitInWords(limit));
      const workingDays = workingDaysOf(limit);
      if (workingDays !== undefined) checkLength(subject, timer, norm, workingDays, say);
      else checkReferring(timer, norm, say);
    }
  }
};

/** A limit that the version in force measures, and no process measures any more, would never pass. */
function checkKept(subject: Subject, say: Say): void {
  const { context, inForce, process, annotations } = subject;
  for (const { key, title } of context.vocabulary.clocks) {
    const timer = inForce.own?.annotations.timerOf(key);
    if (timer === undefined || modelsOf(subject).some((model) => model.annotations.timerOf(key))) continue;
    const norms = context.norms.filter(({ duty: rule }) => rule?.clock === key).map(({ id }) => id);
    say({
      element: annotations.element(timer) ? timer : process,
      message: `期限“${title}”没有计时事件了：${norms.length > 0 ? `${norms.join('、')} ` : ''}永远不会超期。`,
      fix: `在计时事件写 = limit("${key}")。`,
    });
  }
}

/** A limit that neither the law nor a policy sets cannot be referred to; one left to a policy is not drawn. */
function checkReference(
  { context }: Subject,
  timer: FlowNode,
  limits: ReturnType<typeof limitsOf>,
  say: Say,
): void {
  const drawn = timerOf(timer);
  const clock = limitReference(drawn?.timeDuration?.body ?? '')?.clock;
  if (drawn && clock === undefined) {
    const meant = duty(drawn, 'clock');
    const rule = meant === undefined ? undefined : limits[meant];
    if (meant !== undefined && rule && !isDefinite(rule))
      say({
        element: timer,
        message: `${label(timer)} 的长短画在了图上，条例把它交给政策。`,
        fix: `写 = limit("${meant}")。`,
      });
  }
  if (clock === undefined) return;
  const known =
    limits[clock] &&
    rulesIn(limits[clock]).every(
      ({ policy }) => policy === undefined || context.policies.some(({ key }) => key === policy),
    );
  if (known) return;
  say({
    element: timer,
    message: `${label(timer)} 依条例的期限 ${clock} 计时，条例没有给它写出数字，也没有交给现有的政策。`,
    fix: '选一个条例写有长短或者交给政策的期限，或者写明时长、取自政策。',
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
        message: `${label(node)} 履行的义务有期限（${limitInWords(norm.limit)}），却不在任何期限的范围里。`,
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

/** What deeds decide is written in no diagram. */
function checkReferring(timer: FlowNode, norm: Norm, say: Say): void {
  const clock = norm.duty?.clock ?? '';
  if (limitReference(timerOf(timer)?.timeDuration?.body ?? '')?.clock === clock) return;
  say({
    element: timer,
    article: provisionOf(norm),
    message: `${label(timer)} 不是条例的期限（${limitInWords(norm.limit)}）：长短写在了图上。`,
    fix: `时间写成 = limit("${clock}")，由条例说它多长。`,
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
