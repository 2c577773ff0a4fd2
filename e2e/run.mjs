// Makes the journeys, one after the other, each in a house of its own.
//
//   node run.mjs --binary ../target/debug/kvarter [--chromium PATH] [--only NAME] [--pictures DIR]
//
// One line a check: `ok …` or `not ok …` with what was wrong below it. Ends with 1 when any was not.

import { mkdir, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openHouse } from './house.mjs';
import { Visitor, openBrowser } from './visitor.mjs';

const { values: asked } = parseArgs({
  options: {
    binary: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    only: { type: 'string' },
    pictures: { type: 'string' },
  },
});
if (!asked.binary || !existsSync(asked.binary)) {
  console.error('say where the built binary is: --binary ../target/debug/kvarter');
  process.exit(2);
}
const binary = resolve(asked.binary);
const pictures = asked.pictures && resolve(asked.pictures);
if (pictures) await mkdir(pictures, { recursive: true });

const tally = { passed: 0, failed: 0 };
const browser = await openBrowser(asked.chromium);
try {
  for (const journey of await journeys()) await make(journey);
} finally {
  await browser.close();
}
console.log(`# ${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed > 0 ? 1 : 0);

async function journeys() {
  const files = (await readdir(new URL('journeys/', import.meta.url))).filter((file) => file.endsWith('.mjs')).sort();
  const all = await Promise.all(files.map((file) => import(`./journeys/${file}`)));
  const chosen = all.filter(({ name }) => !asked.only || name === asked.only);
  if (chosen.length === 0) throw new Error(`no journey is called ${asked.only}; there are: ${all.map(({ name }) => name).join(', ')}`);
  return chosen;
}

async function make({ name, until, electronic, run }) {
  console.log(`journey ${name}`);
  const visitors = [];
  let house;
  try {
    house = await openHouse({ binary, until, electronic });
    const arrive = async (how) => {
      const visitor = await Visitor.arrive(browser, house, how);
      visitors.push(visitor);
      return visitor;
    };
    await run({ house, arrive, check, picture });
  } catch (problem) {
    // A journey that breaks off is one failed check; those before it stand.
    tell(`${name} comes to its end`, problem);
  } finally {
    await Promise.all(visitors.map((visitor) => visitor.leave().catch(() => {})));
    await house?.close();
  }
}

async function check(what, doing) {
  try {
    await doing();
    tally.passed += 1;
    console.log(`ok ${what}`);
  } catch (problem) {
    tell(what, problem);
  }
}

function tell(what, problem) {
  tally.failed += 1;
  console.log(`not ok ${what}`);
  const plain = String(problem?.message ?? problem).replaceAll(/\u001b\[[0-9;]*m/g, '');
  const said = plain.split('\n').slice(0, 30);
  for (const line of said) console.log(`    ${line}`);
}

/** Where a picture of a page goes, without its ending; nothing when no pictures were asked for. */
function picture(what) {
  return pictures && join(pictures, what.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replace(/-$/, ''));
}
