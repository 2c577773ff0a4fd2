// A newcomer's first minute: the start page, the living agreement of Stockholm, and the plain
// answer to whether it is in force. Without script, because reading must not need any.

import assert from 'node:assert/strict';

export const name = 'first visit';

export async function run({ arrive, check }) {
  const visitor = await arrive({ script: false });
  await check('the house opens on its start page', async () => {
    await visitor.open('/');
    assert.equal(await visitor.language(), 'sv');
    assert.equal(await visitor.page.getByRole('heading', { level: 1 }).count(), 1);
  });
  await check('Stockholm’s agreement is there to be read, clause by clause', async () => {
    await visitor.open('/avtal/lua-2008/0180');
    await visitor.reads('Strategiska stadsdelsplaner');
    await visitor.reads('senast den 31 december varje år redovisas till Regeringskansliet');
  });
  await check('it says that it is not yet in force', async () => {
    assert.match(await visitor.text(), /inte i kraft/i);
  });
  await check('a page that is not there says so', async () => {
    const answer = await visitor.page.goto('/finns-inte');
    assert.equal(answer.status(), 404);
    assert.equal(await visitor.page.getByRole('heading', { level: 1 }).count(), 1);
  });
  await visitor.leave();
}
