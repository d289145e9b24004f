/** Extensions as the law of the case allows them: asked in time, so often, so far. Refused with the article. */
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Law, Laws } from '../../kernel/law.js';
import { lengthOf } from '../../kernel/limit.js';
import { provisionLabel } from '../../kernel/provision-label.js';
import type { DueDates, PolicyValues } from '../../kernel/timer-spec.js';
import type { ClockMove } from '../ports.js';
import type { CaseFile, OpenDeadline } from './case-file.js';

type Extension = Law['extensions'][string];

/** @throws {Refusal} `clock.invalid` if a deed of the step asks too late, or once too often */
export function checkAsked(
  deeds: readonly JsonObject[],
  file: CaseFile,
  at: Date,
  laws: Laws,
  running: (clock: string) => OpenDeadline | undefined,
): void {
  if (deeds.length === 0) return;
  for (const [clock, extension] of Object.entries(lawAt(file, at, laws)?.extensions ?? {})) {
    if (!deeds.some(({ name }) => name === extension.asks)) continue;
    const limit = running(clock);
    if (!limit && extension.asked === 'before-due')
      throw refused(extension, '期限已经届满或者没有在计时，延期须在届满以前申请');
    if (limit) checkTimes(extension, limit);
  }
}

/** @throws {Refusal} `clock.invalid` if it is one too many, or too long */
export function checkGranted(
  move: ClockMove,
  limit: OpenDeadline | undefined,
  { file, at, due }: { readonly file: CaseFile; readonly at: Date; readonly due: () => Date | undefined },
  deps: { readonly laws: Laws; readonly dueDates: DueDates; readonly policies: PolicyValues },
): void {
  const extension = move.act === 'extend' && lawAt(file, at, deps.laws)?.extensions[move.limit];
  if (!extension || move.act !== 'extend' || !limit) return;
  const { days, inAll } = extension;
  checkTimes(extension, limit);
  if (days !== undefined && move.workingDays > days)
    throw refused(extension, `一次最多延长 ${String(days)} 个工作日`);
  const length = inAll && lengthOf(inAll, {});
  if (!length) return;
  const spec = { kind: 'duration', edge: 'end', ...length } as const;
  const most = deps.dueDates.due(spec, limit.startedAt, { policies: deps.policies }).at;
  if ((due() ?? most) > most) throw refused(extension, '延长以后超过了总的期限');
}

/** The law that binds the case at the instant. */
export const lawAt = (file: CaseFile, at: Date, laws: Laws): Law | undefined =>
  laws.binding({ ...file, endedAt: null }, at).at(-1)?.law;

function checkTimes(extension: Extension, { adjustments }: OpenDeadline): void {
  const began = adjustments.findLastIndex(({ kind }) => kind === 'restart');
  const granted = adjustments.slice(began + 1).filter(({ kind }) => kind === 'extend').length;
  if (extension.times !== undefined && granted >= extension.times)
    throw refused(extension, `只能延期 ${String(extension.times)} 次，已经延过`);
}

const refused = ({ provision }: Extension, why: string): Refusal =>
  new Refusal('clock.invalid', `依${provisionLabel(provision)}不能延期：${why}`, {
    where: provision,
    remedy: '在原来的期限以内办完；不能办完的，照实说明',
  });
