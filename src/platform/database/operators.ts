/** TypeORM's conditions, each from its own file: the package's index loads all of it, a fifth of a second. */
export { In } from 'typeorm/find-options/operator/In.js';
export { IsNull } from 'typeorm/find-options/operator/IsNull.js';
export { LessThan } from 'typeorm/find-options/operator/LessThan.js';
export { LessThanOrEqual } from 'typeorm/find-options/operator/LessThanOrEqual.js';
export { MoreThanOrEqual } from 'typeorm/find-options/operator/MoreThanOrEqual.js';
export { Not } from 'typeorm/find-options/operator/Not.js';
