import type { Said } from '../contract/operation.js';
import type { UpstreamSheet } from '../../channel/index.js';
import type { upstream } from '../contract/upstream.js';

export const upstreamView = ({ dueAt, ...rest }: UpstreamSheet): Said<typeof upstream> => ({
  ...rest,
  due: dueAt,
});
