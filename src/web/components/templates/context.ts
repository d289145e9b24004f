/** Source of values for text templates: the sheet of the case page, or the draft at intake. */
import type { InjectionKey } from 'vue';
import type { Output } from '../../api/client.js';
import type { Placeholder } from '../../../http/contract/placeholders.js';
import { session } from '../../session/session.js';
import { now } from '../../time/clock.js';
import { dayOf } from '../../time/show.js';
import { classOf } from '../classes.js';

export interface TemplateContext {
  readonly values: { readonly [Name in Placeholder]?: string };
  /** Codes of the class, from the first level on; empty if not classified. */
  readonly classes: readonly string[];
}

/** Without a context there is nothing to fill templates from, so none are offered. */
export const templateContext: InjectionKey<() => TemplateContext> = Symbol('text templates');

/** Values that are available on every screen. */
export const everywhere = (): TemplateContext['values'] => ({
  单位: session.value?.person?.unit.name ?? '',
  今天: dayOf(now.value),
});

export function contextOfOrder({ sheet, class: placed }: Output<'readWorkOrder'>): TemplateContext {
  const { place } = sheet;
  return {
    values: {
      ...everywhere(),
      工单编号: sheet.no,
      标题: sheet.title,
      属地: sheet.district ?? '',
      // The caller's own address may be read on the page, but not written into an answer.
      地点: place?.ofCaller ? '' : (place?.address ?? ''),
      分类: (placed && classOf(placed.code)?.name) ?? '',
      受理日期: sheet.receivedAt.slice(0, 10),
    },
    classes: placed?.path ?? [],
  };
}
