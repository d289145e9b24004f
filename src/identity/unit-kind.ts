import { z } from 'zod';
import { unitKinds } from '../kernel/kinds.js';

/** Key of a kind of units of the package, as its other files name it. */
export const unitKind = z.string().refine((kind) => unitKinds().some(({ key }) => key === kind), {
  error: () =>
    `没有这种单位(regulation/units.json);有的是 ${unitKinds()
      .map(({ key }) => key)
      .join('、')}`,
});
