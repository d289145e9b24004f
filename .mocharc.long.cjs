/** `npm run test:long`: the heavy proofs (test/README.md). One of them alone: `npx mocha test/…/NAME.long.ts`. */
module.exports = { ...require('./.mocharc.json'), extension: ['long.ts'] };
