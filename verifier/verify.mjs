/** The independent verifier: no dependency, no code of the program that wrote the trail. */
export { growingTree, verifyConsistency, verifyInclusion } from './merkle.mjs';
