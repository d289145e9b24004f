/** Locates a place in the city: the package's grid of districts, and loaded boundaries. */
export { boundariesOf, districtAt, districtGrid, districtMap } from './district-map.js';
export { districtEntities } from './store/boundary-store.js';
export { boundaryProjector } from './projector.js';
export { boundaryDigest, replaceBoundaries } from './store/boundary-store.js';
