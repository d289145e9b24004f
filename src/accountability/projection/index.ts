export { content, from, hashed, hostOf, salted, same, sha256Of } from './column.js';
export { folded } from './fold.js';
export { projection, type Projection } from './projection.js';
export { adds, changes, projector, puts, removes, type Placed, type Projector } from './projector.js';
export { readProjector } from './reads.js';
export { sealedTexts } from './sealed-texts.js';
export { write, writeOnce } from './write.js';
