/** Where in the city a place is: the package's grid of districts, and boundaries that were loaded. */
export { boundariesOf, districtAt, districtGrid, districtMap } from './district-map.js';
export { districtEntities } from './store/boundary-store.js';
export { boundaryProjector } from './projector.js';
export { boundaryDigest, replaceBoundaries } from './store/boundary-store.js';
