// The source letter, by hand: what it asks of whom, done by each of them in turn. The ministry issues to
// those who can be issued an agreement; Stockholm's board decides, the chair signs and initials on paper and
// the registrar attests it, one original goes back with the decision, the ministry registers it, and the
// agreement is in force.

import assert from 'node:assert/strict';

export const name = 'source letter';

const agreement = '/avtal/lua-2008/0180';
const room = '/signeringsrum/lua-2008/0180';

// One empty page: enough to be a copy of a decision.
export const decision = {
  name: 'protokollsutdrag.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n' +
      'xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n' +
      'trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n',
  ),
};

export async function run({ arrive, check, picture }) {
  const visitor = await arrive();
  const look = (what) => visitor.look(picture(what));

  await check('the ministry registers districts and issues the agreements, with progress', async () => {
    await visitor.signInAs('Evert Kroes');
    await visitor.open('/utskick');
    await visitor.reads('har inga stadsdelar med kod');
    await look('board before');
    await visitor.follow('Registrera stadsdelar');
    await visitor.attach('Lista', {
      name: 'koder.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('municipality,code,name\nBotkyrka,01270101,Alby\nBotkyrka,01270102,Fittja\nSödertälje,01810101,Ronna\n'),
    });
    await visitor.press('Registrera stadsdelarna');
    await visitor.reads('Stadsdelarna är registrerade');
    await visitor.follow('Utfärda avtal');
    await visitor.write('Namn på statens underskriftsrad', 'Nyamko Sabuni');
    await look('issue');
    await visitor.press('Utfärda avtalen');
    await visitor.page.getByRole('progressbar').waitFor();
    await look('work');
    await visitor.page.getByText('avtal är utfärdade').waitFor({ timeout: 90_000 });
    await visitor.open('/utskick');
    await look('board after');
  });

  await check('signing before the board has decided is refused, and says why', async () => {
    await visitor.signInAs('Registrator, Stockholm');
    await visitor.open(room);
    await visitor.page.getByRole('group', { name: 'Alla sidor på en gång' }).getByLabel('Original A').check();
    await visitor.write('Ort vid underskriften', 'Stockholm');
    await visitor.press('Intyga signeringen');
    await visitor.reads('Avtalen ska undertecknas efter godkännande');
    await look('refused');
  });

  await check('the board’s decision is registered, with its copy', async () => {
    await visitor.setDay('2008-10-15');
    await visitor.open('/att-gora');
    await look('desk');
    await visitor.follow(/^Registrera beslutet ?:/);
    await visitor.press('Registrera beslutet');
    await visitor.reads('Kopian av beslutet saknas');
    await look('decision faults');
    await visitor.write('Paragraf i protokollet', '§ 12');
    await visitor.attach('Kopia av beslutet', decision);
    await visitor.press('Registrera beslutet');
    await visitor.reads('Beslutet är registrerat, 539-1756/2008');
  });

  await check('the chair’s initials and signatures are attested, one page by the key and the rest at once', async () => {
    await visitor.setDay('2008-10-17');
    await visitor.open(room);
    const first = visitor.page.getByRole('checkbox', { name: 'Original A, Sida 1, Kommunen' });
    await first.focus();
    await visitor.page.keyboard.press('s');
    assert.ok(await first.isChecked(), 'the key initials the page');
    await look('room');
    const all = visitor.page.getByRole('group', { name: 'Alla sidor på en gång' });
    await all.getByLabel('Original A').check();
    await all.getByLabel('Original B').check();
    for (const mark of ['A', 'B']) {
      await visitor.page.getByRole('checkbox', { name: new RegExp(`Original ${mark}, Underskrift.*Kommunen`) }).check();
    }
    await visitor.write('Ort vid underskriften', 'Stockholm');
    await visitor.press('Intyga signeringen');
    await visitor.reads('Båda originalen är undertecknade och signerade på varje sida');
    await look('room done');
  });

  await check('one original is kept and the other goes back with the decision', async () => {
    await visitor.open('/att-gora');
    await visitor.follow(/^Registrera förvaringen ?:/);
    await visitor.write('Plats', 'Kommunstyrelsens närarkiv');
    await visitor.press('Registrera förvaringen');
    await visitor.reads('Förvaringen är registrerad');
    await visitor.open('/att-gora');
    await visitor.follow(/^Registrera återsändningen ?:/);
    await look('return');
    await visitor.press('Registrera som återsänt');
    await visitor.reads('Originalet är registrerat som återsänt, 539-1756/2008');
  });

  await check('the ministry registers it, and the agreement is in force from that day', async () => {
    await visitor.setDay('2008-10-20');
    await visitor.signInAs('Registrator, departementet');
    await visitor.open('/att-gora');
    await visitor.follow(/^Registrera som återkommet ?:/);
    await visitor.press('Registrera som återkommet');
    await visitor.reads('Originalet är registrerat som återkommet');
    await visitor.open(agreement);
    assert.match(await visitor.text(), /i kraft sedan 20 oktober 2008/i);
    await look('in force');
  });

  await check('from then on the coordinator has duties, and meets one', async () => {
    await visitor.signInAs('Samordnare, Stockholm');
    await visitor.setDay('2008-12-20');
    await visitor.open('/att-gora');
    await look('desk of the coordinator');
    await visitor.follow(/^Planverkstad ?:/);
    await visitor.standsIn(/^Planverkstad/);
    // A plan that was made elsewhere is registered as any other act is.
    await visitor.open('/atagande/lua-2008/0180/report-plan/01800154/2008');
    await visitor.follow('Registrera att det är gjort');
    await visitor.write('Vad som gjordes', 'Strategisk stadsdelsplan, redovisad');
    await visitor.attach('Handling', decision);
    await look('meet');
    await visitor.press('Registrera redovisningen');
    await visitor.reads('Redovisningen är registrerad');
  });

  assert.deepEqual(visitor.takeFaults().filter((fault) => !fault.includes('422')), []);
  await visitor.leave();
}
