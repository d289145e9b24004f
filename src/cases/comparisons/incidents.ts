/** Open incidents, against the entries that opened and closed them. */
import { comparison } from '../../accountability/index.js';
import { comparedIncidents, incidentTable as table } from '../../engine/index.js';
import { differencesIn, say, type Gathered } from './gathered.js';

export const incidentsComparison = comparison<Gathered>({
  tables: [table],
  reads: () => true,
  takes: (type) => type === 'incident.opened' || type === 'incident.closed',
  begin: () => new Map(),
  add: (open, entry) => {
    if (entry.type === 'incident.closed') open.delete(entry.body.incident);
    else if (entry.type === 'incident.opened') {
      const { incident, kind, process, due } = entry.body;
      say(open, incident, { 种类: kind, 流程: process, 时刻: String(Date.parse(due)) }, entry);
    }
    return open;
  },
  compare: async (transaction, ended) =>
    differencesIn(table, await comparedIncidents(transaction, [...ended.keys()]), ended),
});
