import type { z } from 'zod';
import type { Selection } from '../accountability/index.js';
import { periodOf } from '../cases/index.js';
import type { Viewer } from '../identity/index.js';
import type { exportRequest } from './contract/trail-exports.js';

type Asked = Omit<z.output<typeof exportRequest>, 'format' | 'purpose'>;

/** Inspectors see only cases with accountability opened; nobody sees a case they are recused from. */
export function selectionFor({ roles, recusedFrom }: Viewer, { no, from, to, ...asked }: Asked): Selection {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(no === undefined ? {} : { stream: no }),
    ...periodOf(from, to),
    ...(roles.includes('auditor') ? {} : { accountability: true }),
    ...(recusedFrom.length === 0 ? {} : { without: recusedFrom }),
  };
}
