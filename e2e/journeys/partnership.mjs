// The partnership, by keyboard alone: an authority joins, the partnership meets, residents are heard and answered, a
// need is put to the state and answered there. Every page on the way is looked at in a wide and a narrow window.

import assert from 'node:assert/strict';
import { faultsOf } from '../axe.mjs';
import { Keyboard } from '../keyboard.mjs';

export const name = 'partnership';
export const until = '2008-10-20';

const room = '/partnerskap/lua-2008/0180';
const police = 'Polismyndigheten i Stockholms län';
const agreement = '/overenskommelse/lua-2008/0180/polismyndigheten-i-stockholms-lan';

export async function run({ arrive, check, picture }) {
  const visitor = await arrive();
  const keys = new Keyboard(visitor);
  const looked = async (what) => {
    const faults = (await faultsOf(visitor, { picture: picture(what) })).filter((fault) => !fault.includes('422'));
    await visitor.page.setViewportSize({ width: 1280, height: 900 });
    assert.ok(faults.length === 0, faults.join('\n'));
  };

  await check('what is missing is told to anyone', async () => {
    await visitor.open(room);
    await visitor.reads('Polismyndigheten ingår inte, trots uppdraget IJ2008/1215/IU');
    await looked('partnership empty');
  });

  await check('an authority joins', async () => {
    await visitor.signInAs('Samordnare, Stockholm');
    await visitor.setDay('2008-11-10');
    await visitor.open(room);
    await keys.follow('Registrera en part');
    await looked('partnership join');
    await keys.write('Den nya partens namn', police);
    await keys.one('Slag', 'Statlig myndighet');
    await keys.choose('Myndighet som ska ingå enligt regeringens uppdrag', 'Polismyndigheten');
    await keys.one('Grund', 'På uppdrag av regeringen');
    await keys.write('Regeringens beslut', 'IJ2008/1215/IU');
    await keys.write('Från och med', '2008-11-03');
    await keys.press('Registrera parten');
    await visitor.reads('Parten är registrerad');
  });

  await check('the partnership meets and decides', async () => {
    await keys.follow('Registrera ett möte');
    await keys.write('Dag', '2008-11-06');
    await keys.mark(police);
    await keys.write('Beslut', '§ 1 Arbetet med planerna inleds.');
    await looked('partnership meeting');
    await keys.press('Registrera mötet');
    await visitor.reads('Arbetet med planerna inleds.');
  });

  await check('what points a resident out is refused, and the rest is kept', async () => {
    await keys.follow('Registrera en dialog med de boende');
    await keys.one('Vad det gällde', 'Gemensam värdegrund');
    await keys.one('Stadsdel', 'Husby');
    await keys.write('Dag', '2008-11-07');
    await keys.write('Form', 'öppet möte');
    await keys.write('Tema', 'Trygga gångvägar');
    await keys.write('Vad som sades', 'Ring 070-123 45 67, det är för mörkt.');
    await keys.press('Registrera dialogen');
    await visitor.reads('ser ut som ett telefonnummer');
    await looked('partnership dialogue refused');
    await keys.write('Vad som sades', 'Det är för mörkt på gångvägen.');
    await keys.press('Registrera dialogen');
    await visitor.reads('Dialogen är registrerad');
  });

  await check('residents are answered from the desk', async () => {
    await visitor.open('/att-gora');
    await visitor.reads('Trygga gångvägar');
    await looked('partnership desk');
    await keys.follow(/^Svara ?: Svara de boende/);
    await keys.write('Vad vi gjorde', 'Belysningen är beställd.');
    await keys.press('Registrera svaret');
    await visitor.reads('Allt som har sagts är besvarat.');
  });

  await check('a need is put to the state, and the state answers', async () => {
    await keys.follow('Framför ett behov till staten');
    await keys.write('Riktat till', 'Utbildningsdepartementet');
    await keys.write('Vad som behövs och varför', 'Samordnade insatser mot skolavhopp.');
    await keys.press('Framför behovet');
    await visitor.reads('Staten har inte svarat än.');
    await visitor.signInAs('Evert Kroes');
    await visitor.open('/att-gora');
    await keys.follow(/^Svara ?: Svara på ett behov/);
    await keys.write('Vad staten gör, eller varför den inte gör det', 'Frågan bereds.');
    await keys.press('Registrera svaret');
    await visitor.reads('Frågan bereds.');
  });

  await check('a meeting on the wrong day is corrected by the registrar, and it shows', async () => {
    await visitor.signInAs('Registrator, Stockholm');
    await visitor.open(room);
    await keys.follow(/^Rätta ?: 6 november 2008/);
    await visitor.reads('Mötet');
    await keys.press('Stryk som felaktigt');
    await visitor.reads('Skälet saknas.');
    await looked('partnership correction refused');
    await keys.write('Skäl', 'Mötet hölls den 7 november.');
    await keys.press('Stryk som felaktigt');
    await visitor.reads('Rättelsen är registrerad');
    await visitor.reads('Mötet hölls den 7 november.');
    await visitor.reads('Inget möte är registrerat.');
    await looked('partnership corrected');
  });

  await check('the draft of a collaboration agreement says that it waits for a plan', async () => {
    await visitor.signInAs('Samordnare, Stockholm');
    await visitor.open(`${agreement}/utkast`);
    await keys.follow('Skriv syfte och dagar');
    await keys.write('Syfte', 'Tryggare gångvägar i Husby.');
    await keys.write('Från och med', '2009-01-01');
    await keys.write('Till och med', '2010-12-31');
    await keys.press('Spara');
    await visitor.reads('Ingen stadsdelsplan är antagen än');
    await looked('collaboration draft');
  });

  await check('anyone reads it all, in both languages', async () => {
    const stranger = await arrive();
    for (const language of ['sv', 'en']) {
      await stranger.open('/');
      await stranger.speak(language);
      for (const path of [room, '/partnerskap', '/overenskommelser/lua-2008/0180', agreement]) {
        await stranger.open(path);
        const named = picture(`${language} ${path.split('/').slice(1).join(' ')}`);
        const faults = await faultsOf(stranger, { picture: named });
        assert.ok(faults.length === 0, `${path}\n${faults.join('\n')}`);
      }
    }
  });
}
