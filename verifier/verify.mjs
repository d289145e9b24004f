/** The independent verifier: no dependency, no code of the program that wrote the trail. */
export { verifyConsistency, verifyInclusion } from './merkle.mjs';
