import type { Output } from '../../../api/client.js';

/** Which cases are listed: of a norm, or of a unit; none: all. */
export interface Chosen {
  readonly norm?: string;
  readonly unit?: string;
}

type Kind = Output<'listComparedCases'>['items'][number]['duties'][number]['kind'];

export const kinds: { readonly [kind in Kind]: string } = {
  new: '新有的义务',
  gone: '没有了',
  moved: '期限不同',
  'now-violated': '变成违反',
  'no-longer-violated': '变成不违反',
};
