/** Who attends to a sheet, against the entries of its assignments. */
import { comparison } from '../../accountability/index.js';
import { assignmentTable as table, comparedAssignments } from '../assignment/index.js';
import { differencesIn, say, type Gathered } from './gathered.js';

export const assignmentsComparison = comparison<Gathered>({
  tables: [table],
  reads: () => true,
  takes: (type) => type === 'sheet.assigned',
  begin: () => new Map(),
  add: (assigned, entry) => {
    if (entry.type !== 'sheet.assigned') return assigned;
    const { unit, person = null, team = null } = entry.body;
    if (person === null && team === null) assigned.delete(unit);
    else say(assigned, unit, { 人: person, 组: team }, entry);
    return assigned;
  },
  compare: async (transaction, ended) =>
    differencesIn(table, await comparedAssignments(transaction, [...ended.keys()]), ended),
});
