import type { Output } from '../../api/client.js';

type State = Output<'readDefinition'>['versions'][number]['state'];

/** What has become of a version of a diagram or a decision table. */
export const versionWords: { readonly [state in State]: string } = {
  scheduled: '待生效',
  'in-force': '现行',
  superseded: '已被取代',
  withdrawn: '生效之前撤回',
};
