/**
 * `npm run bench` measures everything; `npm run bench -- engine replay` only the named ones; `npm
 * run bench -- against ../other` compares durable steps of this checkout with another built one.
 */
import * as assessment from './assessment.js';
import * as checks from './checks.js';
import * as classification from './classification.js';
import * as deadlines from './deadlines.js';
import * as durable from './durable.js';
import * as engine from './engine.js';
import * as exports from './exports.js';
import * as http from './http.js';
import * as intake from './intake.js';
import * as merging from './merging.js';
import * as moves from './moves.js';
import * as replay from './replay.js';
import * as size from './size.js';
import * as spread from './spread.js';
import * as trail from './trail.js';
import * as trial from './trial.js';
import * as uploads from './uploads.js';
import * as verified from './verified.js';
import * as warning from './warning.js';

const benchmarks = {
  assessment,
  checks,
  classification,
  intake,
  http,
  exports,
  engine,
  durable,
  merging,
  moves,
  replay,
  deadlines,
  size,
  spread,
  trail,
  trial,
  uploads,
  verified,
  warning,
};

const named = process.argv.slice(2).filter((argument) => argument !== '--');
const [first, checkout] = named;
if (first === 'against' && checkout !== undefined) {
  await durable.run(['.', checkout]);
} else {
  const unknown = named.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) {
    const known = `${Object.keys(benchmarks).join('、')};against 另一份检出的目录`;
    console.error(`没有名为 ${unknown.join('、')} 的测量；可用：${known}`);
    process.exit(2);
  }
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (named.length === 0 || named.includes(name)) await benchmark.run();
  }
}
