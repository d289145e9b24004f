/** Projects boundaries of districts; one entry loads them all at once. */
import { from, projector, puts } from '../../accountability/index.js';
import { boundaryDigest, type Boundary } from './store/boundary-store.js';

export const boundaryProjector = projector({
  table: 'district_boundary',
  source: `(SELECT json_agg(json_build_object('name', name, 'rings', rings)) AS boundaries
              FROM district_boundary HAVING count(*) > 0)`,
  stands: { stream: 'warnings' },
  key: [],
  columns: {
    boundaries: from<{ boundaries: readonly Boundary[] }>('内容', ['boundaries'], (row) =>
      boundaryDigest(row.boundaries),
    ),
  },
  called: () => '全部边界',
  project: { 'districts.loaded': ({ body }) => puts({ boundaries: body.content }) },
});
