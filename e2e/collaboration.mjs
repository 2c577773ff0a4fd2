// A collaboration agreement with one partner, by keyboard: from the draft to what both have signed, and what
// becomes of it when the plan that it rests on is revised.

const path = (partner) => `/overenskommelse/lua-2008/0180/${partner}`;

/** Writes purpose, days and one commitment that rests on a goal or an intervention of the plan, and draws it up. */
export async function draft(keys, visitor, { partner, purpose, what, restsOn, withKeys }) {
  await visitor.open(path(partner));
  await keys.follow('Öppna utkastet');
  await keys.follow('Skriv syfte och dagar');
  await keys.write('Syfte', purpose);
  await keys.write('Från och med', '2009-02-16');
  await keys.write('Till och med', '2010-12-31');
  await keys.press('Spara');
  await visitor.reads('Utkastet är sparat');
  await keys.follow('Lägg till ett åtagande');
  await keys.one('Vem', 'Parten');
  await keys.write('Vad som görs', what);
  await keys.choose('Utgår från', restsOn);
  await keys.write('Senast', '2009-12-31');
  await keys.write('Resurser inom ordinarie budget', 'Två handläggare inom myndighetens anslag 2009.');
  await keys.press('Spara åtagandet');
  await visitor.reads(what);
  await drawUp(keys, visitor, withKeys);
}

/** Locks the draft's words into a file to sign, on paper or with keys. */
export async function drawUp(keys, visitor, withKeys = false) {
  await keys.follow('Upprätta överenskommelsen');
  if (withKeys) await keys.one('Hur den undertecknas', 'Undertecknas med nycklar i filen');
  await keys.press('Upprätta');
  await visitor.reads('Överenskommelsen är upprättad');
}

/** The registrar attests both signatures on paper. */
export async function attestBoth(keys, visitor, { partner, signedOn }) {
  for (const [side, name] of [['Kommunen', 'Sten Nordin'], ['Parten', 'Behörig företrädare']]) {
    await visitor.open(path(partner));
    await keys.follow('Intyga en underskrift');
    await keys.one('För vem', side);
    await keys.write('Undertecknarens namn', name);
    await keys.write('Dag vid underskriften', signedOn);
    await keys.press('Intyga underskriften');
    await visitor.reads('Underskriften är registrerad');
  }
}

/** Opens its page. */
export function open(visitor, partner) {
  return visitor.open(path(partner));
}
