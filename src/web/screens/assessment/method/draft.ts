/** A method being edited, with its validation. */
import type { Input, Output } from '../../../api/client.js';
import { kinds, unitKinds } from '../../../law/page-law.js';

export type Content = Input<'previewMethod'>['body']['content'];
export type Proposal = Output<'listMethods'>['proposals'][number];

export const kindWords = () => kinds().map(({ key, name }) => [key, name] as const);
export const unitKindWords = () => unitKinds().map(({ key, name }) => [key, name] as const);

/** A deep copy for editing. */
export const copyOf = (content: Content): Content => {
  const { title, indicators, exclusions, mergedOnce, groups, poor } = JSON.parse(
    JSON.stringify(content),
  ) as Content;
  return { title, indicators, exclusions, mergedOnce: mergedOnce ?? [], groups, poor };
};

export const weightOf = ({ indicators }: Content): number =>
  indicators.reduce((sum, { weight }) => sum + (Number.isFinite(weight) ? weight : 0), 0);

export const newIndicator = (): Content['indicators'][number] => ({
  key: '',
  label: '',
  formula: '',
  better: 'higher',
  weight: 0,
  threshold: null,
});
export const newExclusion = (): Content['exclusions'][number] => ({ measures: [], kinds: [], reason: '' });
export const newGroup = (): Content['groups'][number] => ({ key: '', label: '', unitKinds: [], units: [] });
