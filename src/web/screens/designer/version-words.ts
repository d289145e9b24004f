import type { Change } from '../../../design/compliance/index.js';
import type { Output } from '../../api/client.js';

type Listed = Output<'readDefinition'>['versions'][number];

/** Words for the state of a version of a diagram or a decision table. */
export const versionWords: { readonly [state in Listed['state']]: string } = {
  scheduled: '待生效',
  'in-force': '现行',
  superseded: '已被取代',
  withdrawn: '生效之前撤回',
};

/** A version that is looked at. */
export interface Version {
  readonly key: string;
  readonly number: number;
  readonly title: string;
  readonly xml: string;
  /** All of them. */
  readonly versions: readonly Listed[];
  /** The one in force, if it is another. */
  readonly earlier:
    { readonly xml: string; readonly title: string; readonly changes: readonly Change[] } | undefined;
}
