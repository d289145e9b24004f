import type { z } from 'zod';
import type { Selection } from '../accountability/index.js';
import { periodOf } from '../casework/index.js';
import type { Viewer } from '../identity/index.js';
import type { exportRequest } from './contract/trail-exports.js';

type Asked = Omit<z.output<typeof exportRequest>, 'format' | 'purpose'>;

/** Inspectors see only cases with accountability opened. */
export function selectionFor({ roles }: Viewer, { no, from, to, ...asked }: Asked): Selection {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(no === undefined ? {} : { stream: no }),
    ...periodOf(from, to),
    ...(roles.includes('auditor') ? {} : { accountability: true }),
  };
}
