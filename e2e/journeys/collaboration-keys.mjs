// A collaboration agreement that both sides sign with keys in one file: drawn up, signed by the chair and by the one
// whom the police have sent, and checked by anyone.

import assert from 'node:assert/strict';
import { faultsOf } from '../axe.mjs';
import * as collaboration from '../collaboration.mjs';
import { Keyboard } from '../keyboard.mjs';

export const name = 'collaboration keys';
export const electronic = true;
export const until = '2009-02-10';

const partner = 'polismyndigheten-i-stockholms-lan';

export async function run({ arrive, check, picture }) {
  const visitor = await arrive();
  const keys = new Keyboard(visitor);
  const looked = async (what) => {
    const faults = (await faultsOf(visitor, { picture: picture(what) })).filter((fault) => !fault.includes('422'));
    await visitor.page.setViewportSize({ width: 1280, height: 900 });
    assert.ok(faults.length === 0, faults.join('\n'));
  };
  const sign = async () => {
    await visitor.open('/att-gora');
    await keys.follow(/^Underteckna ?: Underteckna en samverkansöverenskommelse/);
    await keys.mark('Jag har läst alla sidor');
    await keys.write('Ort', 'Stockholm');
    await keys.press('Underteckna');
    await visitor.reads('Underskriften är registrerad');
  };

  await check('it is drawn up as a file to sign with keys', async () => {
    await visitor.signInAs('Samordnare, Stockholm');
    await collaboration.draft(keys, visitor, {
      partner, purpose: 'Tryggare gångvägar i Husby.', what: 'Synlig polis i Husby tre kvällar i veckan.',
      restsOn: 'Husby, i5', withKeys: true,
    });
    await looked('keys drawn up');
  });

  await check('nobody signs unread', async () => {
    await visitor.signInAs('Sten Nordin');
    await collaboration.open(visitor, partner);
    await keys.follow('Underteckna med nyckel');
    await keys.write('Ort', 'Stockholm');
    await keys.press('Underteckna');
    await visitor.reads('Kryssa i att du har läst alla sidor.');
    await looked('keys unread');
  });

  await check('the chair signs, then the police, and the agreement holds', async () => {
    await sign();
    await visitor.reads('Inte undertecknad av båda');
    await visitor.signInAs('Samordnare, Polismyndigheten i Stockholms län');
    await sign();
    await visitor.reads('Gäller från 16 februari 2009');
    await visitor.reads('Undertecknad med nycklar i filen');
    await looked('keys signed');
  });

  await check('anyone can check the file', async () => {
    const address = await visitor.page.getByRole('link', { name: 'Version 1', exact: true }).getAttribute('href');
    const buffer = await (await visitor.context.request.get(address)).body();
    const stranger = await arrive();
    await stranger.open('/kontrollera');
    await stranger.attach('PDF att kontrollera', { name: 'o.pdf', mimeType: 'application/pdf', buffer });
    await stranger.press('Kontrollera');
    await stranger.reads('Filen är hel, och alla underskrifter gäller');
    await stranger.reads('Sten Nordin hade uppdraget');
    await stranger.reads('Samordnare, Polismyndigheten i Stockholms län hade uppdraget');
    await stranger.reads('Det här är en samverkansöverenskommelse härifrån, hel och oförändrad');
    await stranger.look(picture('keys checked'));
    await stranger.leave();
  });

  assert.deepEqual(visitor.takeFaults().filter((fault) => !fault.includes('422')), []);
  await visitor.leave();
}
