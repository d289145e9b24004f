import { Refusal } from '../../kernel/index.js';
import { lawOf, type Law } from '../../kernel/law.js';

/** The refusal of a decision that a broken chain would have to support. @param seq the first faulty entry */
export const brokenTrail = (stream: string, seq: number, finding: string, law: Law): Refusal =>
  new Refusal('trail.broken', `${stream} 的轨迹：${finding}`, {
    where: `${stream} 第 ${seq} 条`,
    provision: lawOf('trail', law),
    remedy: '不能据以认定；保全数据库，由审计人员核验轨迹',
  });
