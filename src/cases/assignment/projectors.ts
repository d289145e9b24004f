/** Projects assignments of sheets, and the text templates that a unit shares. */
import { hashed, projector, puts, removes, same } from '../../accountability/index.js';

export const assignmentProjector = projector({
  table: 'assignment',
  stands: { by: 'business_key' },
  key: ['unit'],
  columns: {
    unit: same('单位'),
    person: same('人'),
    team: same('组'),
    assigned_at: same('何时'),
    assigned_by: same('谁'),
  },
  project: {
    'sheet.assigned': ({ at, body: { unit, person = null, team = null, actor = null } }) =>
      person === null && team === null
        ? removes({ unit })
        : puts({ unit, person, team, assigned_at: at, assigned_by: actor }),
  },
});

/** Personal templates are left out, because the trail does not record them. */
export const textTemplateProjector = projector({
  table: 'text_template',
  source: '(SELECT * FROM text_template WHERE unit IS NOT NULL)',
  stands: { stream: 'text-templates' },
  key: ['unit', 'name'],
  columns: {
    unit: same('单位'),
    name: same('名称'),
    body: hashed('文字'),
    field_name: same('栏'),
    class: same('分类'),
    saved_by: same('谁'),
    saved_at: same('何时'),
  },
  project: {
    'text-template.saved': ({ at, body: { unit, name, sha256, field, class: code, actor } }) =>
      puts({ unit, name, body: sha256, field_name: field, class: code, saved_by: actor, saved_at: at }),
    'text-template.removed': ({ body: { unit, name } }) => removes({ unit, name }),
  },
});
