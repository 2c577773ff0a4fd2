// Every page there is, in both languages, wide and narrow: public ones as a stranger, then those
// that only someone signed in can reach. The case is carried on to the end of 2010 first, so that
// no room is empty.

import assert from 'node:assert/strict';
import { faultsOf } from '../axe.mjs';
import { crawl } from '../crawl.mjs';

export const name = 'every page';
export const until = '2010-12-31';

export async function run({ house, arrive, check, picture }) {
  const seen = { sv: new Map(), en: new Map() };
  const lookAround = async (visitor, who, start) => {
    for (const language of ['sv', 'en']) {
      await visitor.open('/');
      await visitor.speak(language);
      await crawl(visitor, start.map((path) => house.address + path), seen[language], async (path, status) => {
        await check(`${who}, ${language}: ${path}`, async () => {
          assert.equal(status, 200, `a link leads to ${path}, which answers ${status}`);
          assert.equal(await visitor.language(), language);
          const faults = await faultsOf(visitor, { picture: picture(`${who}-${language}-${path}`) });
          assert.ok(faults.length === 0, faults.join('\n'));
        });
      });
    }
  };

  const stranger = await arrive();
  await lookAround(stranger, 'a stranger', ['/', '/logga-in']);
  await stranger.speak('sv');
  await stranger.open('/logga-in');
  const people = await stranger.page.getByRole('region', { name: 'Logga in som' }).getByRole('button').allInnerTexts();
  await stranger.leave();

  await check('someone can sign in', () => assert.ok(people.length > 0, 'the demo offers nobody to be'));
  for (const person of people) {
    const visitor = await arrive();
    await visitor.open('/');
    await visitor.speak('sv');
    await visitor.signInAs(person);
    // A desk is different for each who sits at it, so it is always looked at.
    for (const language of ['sv', 'en']) seen[language].delete('/att-gora');
    await lookAround(visitor, person.replaceAll(/\s+/g, ' '), ['/att-gora', '/']);
    await visitor.leave();
  }
}
