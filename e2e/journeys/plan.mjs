// A plan by hand, with the keyboard alone: the coordinator of Stockholm writes Husby's first plan, partners accept
// its goals, the partnership adopts it and it is reported, and agreements with partners rest on it; a year later it
// is revised, anyone can see what changed, and the agreements follow. Two who write at once lose nothing.

import assert from 'node:assert/strict';
import { faultsOf } from '../axe.mjs';
import * as collaboration from '../collaboration.mjs';
import { Keyboard } from '../keyboard.mjs';

export const name = 'plan';
export const until = '2008-11-28';

const workshop = '/planverkstad/lua-2008/0180/01800154';
const texts = [
  'Fysiska aspekter', 'Sociala aspekter', 'Ekonomiska aspekter', 'Förutsättningar och utvecklingsmöjligheter',
  'Strategi för det urbana utvecklingsarbetet', 'Planerade uppföljningsinsatser', 'Planerade utvärderingsinsatser',
  'Spridning av erfarenheter och kunskaper', 'Återföring till verksamheterna',
];
const goals = [
  { area: 'arbete', statement: 'Fler utrikes födda i Husby har arbete', indicator: 'Förvärvsarbetande', rise: 3 },
  { area: 'utbildning', statement: 'Fler elever i Husby når gymnasiet', indicator: 'Elever behöriga', rise: 3 },
  { area: 'trygghet', statement: 'Färre utsätts för brott mot liv och hälsa', indicator: 'Anmälda brott mot liv', rise: -50 },
  { area: 'tillväxt', statement: 'Färre hushåll i Husby har låg ekonomisk standard', indicator: 'Invånare med låg', rise: -2 },
];
const partners = [
  {
    partner: 'forsakringskassan', purpose: 'Fler i Husby får stöd att komma i arbete.',
    what: 'Personal på plats en dag i veckan.', restsOn: 'Husby, i1',
  },
  {
    partner: 'arbetsformedlingen', purpose: 'Fler elever i Husby når gymnasiet.',
    what: 'Studiebesök för varje klass.', restsOn: 'Husby, i2',
  },
];

export async function run({ arrive, check, picture }) {
  const visitor = await arrive();
  const keys = new Keyboard(visitor);
  const { page } = visitor;
  const look = (what) => visitor.look(picture(what));
  const accessible = async () => {
    const faults = (await faultsOf(visitor)).filter((fault) => !fault.includes('422'));
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.deepEqual(faults, []);
  };
  const adopt = async (day, decided) => {
    await visitor.open(workshop);
    await keys.follow('Fastställ planen');
    await keys.write('Dag för partnerskapets beslut', day);
    await keys.write('Möte och paragraf', decided);
    await keys.press('Registrera att planen är fastställd');
  };
  const saved = () => page.getByText(/^Sparat /).first().waitFor();

  await check('the workshop says what a plan must have, and that nothing is there yet', async () => {
    await visitor.signInAs('Samordnare, Stockholm');
    await visitor.open('/planer');
    await keys.follow(/^Planverkstad ?, Husby/);
    await visitor.reads('0 av de obligatoriska delarna är klara');
    await visitor.reads('Det finns inget mål för arbete');
    await accessible();
    await look('workshop empty');
  });

  await check('adopting it now is refused, with everything that is missing at once', async () => {
    await keys.follow('Fastställ planen');
    await keys.write('Möte och paragraf', 'Partnerskapets möte, § 4');
    await keys.press('Registrera att planen är fastställd');
    await visitor.reads('Det finns inget mål för tillväxt');
    await accessible();
    await look('adoption refused');
  });

  await check('each text is written and saves itself', async () => {
    await visitor.open(workshop);
    await keys.follow(texts[0]);
    for (const [at, heading] of texts.entries()) {
      await visitor.standsIn(heading);
      const field = page.locator('textarea[name=text]');
      await keys.at(field);
      await page.keyboard.type(`Husby, del ${at + 1}. Skrivet för hand i verkstaden.`);
      await page.getByText(/^Sparat \d/).first().waitFor();
      await visitor.open(workshop);
      if (at + 1 < texts.length) await keys.follow(texts[at + 1]);
    }
    await visitor.reads('6 av de obligatoriska delarna är klara');
  });

  await check('a goal is judged while it is written, and its base value comes from the statistics', async () => {
    for (const goal of goals) {
      await visitor.open(workshop);
      await keys.press('Lägg till ett mål');
      await keys.one('Målområde', goal.area);
      await keys.write('Problemet', 'Skillnaden mot staden är stor.');
      await keys.write('Målet, i en mening', goal.statement);
      await keys.write('Nationellt mål som det utgår från', 'Färre i utanförskap');
      await keys.write('Kommunalt mål som det utgår från', 'Stockholms budget 2009');
      await keys.choose('Indikator', goal.indicator);
      await keys.write('Ansvarar för målet', 'Stockholms stad');
      await keys.write('Ska vara nått senast', '2010-12-31');
      await keys.mark('Försäkringskassan');
      await keys.press('Spara');
      await visitor.reads('Sparat.');
      await keys.press('Hämta basvärdet ur statistiken');
      const base = Number((await page.getByLabel('Basvärde', { exact: true }).inputValue()).replace(',', '.'));
      assert.ok(base > 0, `${goal.statement}: ${base}`);
      const value = (n) => String(Math.round(n * 10) / 10).replace('.', ',');
      await keys.write('Målvärde', value(base + goal.rise));
      await keys.write('Delmål', `2009-12-31: ${value(base + goal.rise / 2)}`);
      await keys.press('Spara');
      await visitor.reads('Mätbart: uppfyllt');
    }
    await accessible();
    await look('goal judged');
  });

  await check('a shortcoming is accepted with a reason', async () => {
    for (let n = 1; n <= goals.length; n += 1) {
      await visitor.open(`${workshop}/del/goal/g${n}`);
      for (const criterion of ['Realistiskt', 'Specifikt']) {
        const reason = page.getByLabel(`Varför bristen i ”${criterion}” godtas`);
        if ((await reason.count()) > 0) {
          await keys.write(`Varför bristen i ”${criterion}” godtas`, 'Bedömt i partnerskapet den 26 november.');
          await keys.press('Spara');
          await visitor.reads('Godtas ändå');
        }
      }
    }
  });

  await check('the partner’s acceptance is registered, with what shows it', async () => {
    for (let n = 1; n <= goals.length; n += 1) {
      await visitor.open(`${workshop}/del/goal/g${n}`);
      await keys.follow('Registrera accept: Försäkringskassan');
      await keys.write('Dag för accepten', '2008-11-28');
      await keys.write('Vad som visar accepten', 'Protokoll från partnerskapets möte, § 3');
      await keys.press('Registrera accepten');
      await visitor.reads('Accepterat: uppfyllt');
    }
    await look('goal accepted');
  });

  await check('interventions, documents and the budget year are added', async () => {
    for (let n = 1; n <= goals.length; n += 1) {
      await visitor.open(workshop);
      await keys.press('Lägg till en insats');
      await keys.write('Insatsens namn', `Insats för mål ${n}`);
      await keys.write('Vad som görs', 'Handläggare och föreningar arbetar i samma lokal.');
      await keys.mark(new RegExp(`^${n}\\. `));
      await keys.write('Ansvarar', 'Stockholms stad');
      await keys.write('Från', '2009-01-01');
      await keys.write('Prestation', '200 besök om året');
      await keys.write('Väntad effekt', 'Kortare väg till det målet säger');
      await keys.write('Ordinarie budget eller styrdokument', 'Stadsdelsnämndens budget 2009');
      await keys.press('Spara');
      await visitor.reads('Inget återstår i den här delen');
    }
    await visitor.open(workshop);
    await keys.press('Lägg till ett dokument');
    await keys.one('Slag', 'översiktsplanering');
    await keys.write('Dokumentets titel, med år eller nummer', 'Stockholms översiktsplan 1999');
    await keys.write('Vad i det som beaktats, och hur', 'Stråket mot Kista.');
    await keys.press('Spara');
    await visitor.open(workshop);
    await keys.press('Lägg till ett budgetår');
    await keys.write('Budgetår', '2009');
    await keys.write('Hur hänsyn tagits till stadsdelen och dess invånare', 'Mer till skolorna.');
    await keys.press('Spara');
    await visitor.open(workshop);
    await visitor.reads('Inget saknas. Planen kan fastställas av partnerskapet.');
    await accessible();
    await look('workshop whole');
  });

  await check('two who write in the same sentence are told, and neither loses it', async () => {
    const other = await arrive();
    await other.signInAs('Registrator, Stockholm');
    const part = `${workshop}/del/text/strategy`;
    await other.open(part);
    await visitor.open(part);
    await keys.at(page.locator('textarea[name=text]'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Arbete går först.');
    await saved();
    await other.page.locator('textarea[name=text]').fill('Skolan går först.');
    await other.reads('Två har skrivit samtidigt');
    await other.reads('Arbete går först.');
    await other.reads('Skolan går först.');
    await other.look(picture('two wordings'));
    await other.press('Behåll det som står');
    await other.reads('Avgjort.');
    await other.leave();
  });

  await check('the partnership adopts it, and it never changes', async () => {
    await adopt('2008-11-28', 'Partnerskapets möte den 28 november 2008, § 4');
    await visitor.reads('Planen är fastställd som version 1');
    await visitor.reads('Arbete går först.');
    await accessible();
    await look('version 1');
  });

  await check('it is reported, and the duty of 31 December is met', async () => {
    await keys.follow('Redovisa planen');
    await keys.press('Redovisa planen');
    await visitor.reads('Planen är redovisad och har fått diarienummer');
    await visitor.open('/atagande/lua-2008/0180/report-plan/01800154/2008');
    await visitor.reads(/28 november 2008/);
  });

  await check('agreements are made with the partners, each resting on an intervention of the plan', async () => {
    await visitor.setDay('2009-02-16');
    await visitor.open('/overenskommelser/lua-2008/0180');
    await visitor.reads(/^\d+ parter som ingår saknar en gällande överenskommelse/);
    for (const partner of partners) {
      await collaboration.draft(keys, visitor, partner);
      await accessible();
    }
    await look('collaboration drawn up');
  });

  await check('an attestation on a day that is none, for nobody, is refused with all that is wrong', async () => {
    await visitor.signInAs('Registrator, Stockholm');
    await collaboration.open(visitor, partners[0].partner);
    await keys.follow('Intyga en underskrift');
    await keys.write('Dag vid underskriften', '2009-02-30');
    await keys.press('Intyga underskriften');
    await visitor.reads('2009-02-30');
    await accessible();
    await look('collaboration attestation refused');
  });

  await check('both sign on paper, and the agreements hold', async () => {
    for (const { partner } of partners) {
      await collaboration.attestBoth(keys, visitor, { partner, signedOn: '2009-02-16' });
      await visitor.reads('Gäller från 16 februari 2009');
    }
    await accessible();
    await look('collaboration signed');
  });

  await check('a year later the plan cannot be revised before residents have been consulted', async () => {
    await visitor.signInAs('Samordnare, Stockholm');
    await visitor.setDay('2009-12-10');
    await visitor.open(`${workshop}/del/intervention/i1`);
    await keys.write('Prestation', '400 besök om året');
    await keys.press('Spara');
    await visitor.open(workshop);
    await keys.press('Lägg till en lärdom');
    await keys.write('Vad vi lärt', 'Fler kom än väntat.');
    await keys.write('Varifrån vi vet det', 'Besöksstatistik 2009');
    await keys.write('Vad som ändrats i planen', 'Fler besök.');
    await keys.press('Spara');
    await adopt('2009-12-10', 'Partnerskapets möte den 10 december 2009, § 6');
    await visitor.reads('samråd');
    await accessible();
    await look('revision refused without consultation');
  });

  await check('they are consulted, and the partnership adopts and reports the revised plan', async () => {
    await visitor.open('/partnerskap/lua-2008/0180');
    await keys.follow('Registrera en dialog med de boende');
    await keys.one('Vad det gällde', 'Samråd om stadsdelsplanen');
    await keys.one('Stadsdel', 'Husby');
    await keys.write('Dag', '2009-12-08');
    await keys.write('Form', 'öppet möte');
    await keys.write('Tema', 'Den reviderade planen');
    await keys.write('Vad som sades', 'Fler tider på kvällen behövs.');
    await keys.press('Registrera dialogen');
    await visitor.reads('Dialogen är registrerad');
    await adopt('2009-12-10', 'Partnerskapets möte den 10 december 2009, § 6');
    await visitor.reads('Planen är fastställd som version 2');
    await keys.follow('Redovisa planen');
    await keys.press('Redovisa planen');
    await visitor.reads('Planen är redovisad och har fått diarienummer');
    await visitor.open('/atagande/lua-2008/0180/report-plan/01800154/2009');
    await visitor.reads(/10 december 2009/);
  });

  await check('anyone reads what was learned, and what changed', async () => {
    await visitor.open('/plan/lua-2008/0180/01800154/2');
    await keys.follow(/[Jj]ämför/);
    await visitor.reads('400 besök om året');
    await visitor.reads('200 besök om året');
    await accessible();
    await look('what changed');
  });

  await check('an agreement that rests on what changed is revised and reported; the other is confirmed', async () => {
    const [revised, confirmed] = partners;
    await collaboration.open(visitor, confirmed.partner);
    await visitor.reads('det som åtagandet utgår från säger detsamma');
    await keys.follow('Bekräfta oförändrad');
    await keys.write('Skäl', 'Insatsen är densamma.');
    await accessible();
    await keys.press('Bekräfta');
    await visitor.reads('Överenskommelsen är bekräftad oförändrad');
    await collaboration.open(visitor, revised.partner);
    await visitor.reads('det som åtagandet utgår från säger något annat');
    await look('collaboration stale');
    await keys.follow('Revidera');
    await keys.write('Skäl', 'Planen har dubblat antalet besök.');
    await keys.press('Öppna revideringen');
    await keys.follow(/^Ändra/);
    await keys.write('Vad som görs', 'Personal på plats två dagar i veckan.');
    await keys.choose('Utgår från', revised.restsOn);
    await keys.press('Spara åtagandet');
    await collaboration.drawUp(keys, visitor);
    await visitor.signInAs('Registrator, Stockholm');
    await collaboration.attestBoth(keys, visitor, { partner: revised.partner, signedOn: '2009-12-10' });
    await visitor.signInAs('Samordnare, Stockholm');
    await collaboration.open(visitor, revised.partner);
    await keys.follow('Redovisa till Regeringskansliet');
    await keys.press('Redovisa');
    await visitor.reads(/^Redovisningen är registrerad, /);
    await accessible();
    await look('collaboration reported');
  });

  assert.deepEqual(visitor.takeFaults().filter((fault) => !fault.includes('422')), []);
  await visitor.leave();
}
