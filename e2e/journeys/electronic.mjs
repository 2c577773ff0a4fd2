// The source letter with keys instead of pens: the same acts, the same order, one file. The chair initials page
// by page by one key, is interrupted and comes back, signs, and the file that comes out is checked by anyone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { faultsOf } from '../axe.mjs';
import { decision } from './source-letter.mjs';

export const name = 'electronic';
export const electronic = true;

const room = '/signeringsrum/lua-2008/0180';

export async function run({ arrive, check, picture }) {
  const visitor = await arrive();
  const look = (what) => visitor.look(picture(what));
  const accessible = async (who) => {
    const faults = (await faultsOf(who)).filter((fault) => !fault.includes('422'));
    await who.page.setViewportSize({ width: 1280, height: 900 });
    assert.ok(faults.length === 0, faults.join('\n'));
  };
  const saved = async () => {
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.page.getByRole('link', { name: 'Hämta avtalet som det är nu' }).click(),
    ]);
    return readFile(await download.path());
  };

  await check('the chair reads why signing must wait for the board', async () => {
    await visitor.signInAs('Sten Nordin');
    await visitor.open(room);
    await visitor.reads('efter godkännande');
    assert.equal(await visitor.page.getByRole('button', { name: /^Signera sida/ }).count(), 0);
    await look('electronic room waits');
  });

  await check('the board decides', async () => {
    await visitor.signInAs('Registrator, Stockholm');
    await visitor.setDay('2008-10-15');
    await visitor.open('/avtal/lua-2008/0180/godkannande');
    await visitor.write('Paragraf i protokollet', '§ 12');
    await visitor.attach('Kopia av beslutet', decision);
    await visitor.press('Registrera beslutet');
    await visitor.reads('Beslutet är registrerat');
  });

  await check('the chair initials three pages by one key and is called away', async () => {
    await visitor.setDay('2008-10-17');
    await visitor.signInAs('Sten Nordin');
    await visitor.open('/att-gora');
    await look('electronic desk');
    await visitor.open(room);
    for (const page of [1, 2, 3]) {
      await visitor.page.getByRole('button', { name: `Signera sida ${page}` }).waitFor();
      await visitor.page.keyboard.press('s');
      await visitor.page.getByRole('button', { name: `Signera sida ${page + 1}` }).waitFor();
    }
    await accessible(visitor);
    await look('electronic room');
    await visitor.open('/');
  });

  await check('what was initialled is still there, and the rest can be pressed', async () => {
    await visitor.open(room);
    await visitor.reads('3 av 6 sidor');
    for (const page of [4, 5, 6]) await visitor.press(`Signera sida ${page}`);
    await visitor.reads('Alla sidor är signerade');
    await accessible(visitor);
    await look('electronic room signs');
    await visitor.press('Underteckna avtalet');
    await visitor.reads('Avtalet är undertecknat av båda parter');
    await accessible(visitor);
    await look('electronic room done');
  });

  await check('one original is kept, the other goes back, and the agreement is in force', async () => {
    await visitor.signInAs('Registrator, Stockholm');
    await visitor.open('/att-gora');
    await visitor.follow(/^Registrera förvaringen ?:/);
    await visitor.write('Plats', 'Kommunens e-arkiv');
    await visitor.press('Registrera förvaringen');
    await visitor.open('/att-gora');
    await visitor.follow(/^Registrera återsändningen ?:/);
    await visitor.press('Registrera som återsänt');
    await visitor.reads('Originalet är registrerat som återsänt');
    await visitor.setDay('2008-10-20');
    await visitor.signInAs('Registrator, departementet');
    await visitor.open('/att-gora');
    await visitor.follow(/^Registrera som återkommet ?:/);
    await visitor.press('Registrera som återkommet');
    await visitor.open('/avtal/lua-2008/0180');
    assert.match(await visitor.text(), /i kraft sedan 20 oktober 2008/i);
  });

  let whole;
  await check('anyone can check the file: whole, signed by both, each page initialled', async () => {
    await visitor.signInAs('Registrator, Stockholm');
    await visitor.open(room);
    whole = await saved();
    const stranger = await arrive();
    await stranger.open('/kontrollera');
    await stranger.attach('PDF att kontrollera', { name: 'avtal.pdf', mimeType: 'application/pdf', buffer: whole });
    await stranger.press('Kontrollera');
    await stranger.reads('Filen är hel, och alla underskrifter gäller');
    await stranger.reads('Sten Nordin hade uppdraget');
    await accessible(stranger);
    await stranger.look(picture('electronic check'));
    await stranger.leave();
  });

  await check('a file with one byte changed is caught', async () => {
    const changed = Buffer.from(whole);
    changed[Math.floor(changed.length / 8)] ^= 1;
    const stranger = await arrive();
    await stranger.open('/kontrollera');
    await stranger.attach('PDF att kontrollera', { name: 'avtal.pdf', mimeType: 'application/pdf', buffer: changed });
    await stranger.press('Kontrollera');
    await stranger.reads('Filen håller inte');
    await accessible(stranger);
    await stranger.look(picture('electronic check broken'));
    await stranger.leave();
  });

  assert.deepEqual(visitor.takeFaults().filter((fault) => !fault.includes('422')), []);
  await visitor.leave();
}
