import { Refusal } from '../../kernel/index.js';

/** Nothing is decided on a stream whose chain does not hold (Art 22 (2)). @param seq the entry at which it does not */
export const brokenTrail = (stream: string, seq: number, finding: string): Refusal =>
  new Refusal('trail.broken', `${stream} 的轨迹:${finding}`, {
    where: `${stream} 第 ${seq} 条`,
    provision: '第二十二条第二款',
    remedy: '不能据以认定;保全数据库,由审计人员核验轨迹',
  });
