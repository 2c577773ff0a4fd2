// Someone who uses no mouse. Every act is a key: Tab until the thing one wants has the focus, then what anyone
// would press. What Tab does not reach, or where the focus cannot be seen, is a fault in the page.

import assert from 'node:assert/strict';

const FARTHEST = 220;

export class Keyboard {
  constructor(visitor) {
    this.visitor = visitor;
    this.page = visitor.page;
  }

  /** Presses Tab until the thing has the focus; from the top again when the page has been left once. */
  async at(locator) {
    const wanted = await locator.first().elementHandle();
    for (let pressed = 0; pressed < FARTHEST; pressed += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        const seen = await wanted.evaluate((element) => {
          const of = element.closest('label, .choice') ?? element;
          const style = getComputedStyle(element);
          return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || getComputedStyle(of).outlineStyle !== 'none';
        });
        assert.ok(seen, 'the focus can be seen');
        return;
      }
      await this.page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${await wanted.evaluate((element) => element.outerHTML.slice(0, 120))}`);
  }

  /** Writes in the field so labelled, in place of what stands there. */
  async write(label, text) {
    await this.at(this.page.getByLabel(label, { exact: true }).and(this.page.locator('input, textarea')));
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }

  /** Presses the button so called. */
  async press(name) {
    await this.at(this.page.getByRole('button', { name, exact: true }));
    await this.#leads(() => this.page.keyboard.press('Enter'));
  }

  /** Follows the link so called. */
  async follow(name) {
    await this.at(this.page.getByRole('link', { name }));
    await this.#leads(() => this.page.keyboard.press('Enter'));
  }

  /** Marks the box so labelled. */
  async mark(label) {
    const box = this.page.getByRole('checkbox', { name: label });
    await this.at(box);
    if (!(await box.first().isChecked())) await this.page.keyboard.press('Space');
    assert.ok(await box.first().isChecked());
  }

  /** Chooses one of several, all seen: Tab comes to the group, arrows go on within it. */
  async one(group, label) {
    const choices = this.page.getByRole('group', { name: group }).getByRole('radio');
    const wanted = this.page.getByRole('group', { name: group }).getByRole('radio', { name: label });
    const checked = this.page.getByRole('group', { name: group }).locator('input:checked');
    await this.at((await checked.count()) > 0 ? checked : choices);
    await this.page.keyboard.press('Space');
    for (let at = 0; at < 8 && !(await wanted.isChecked()); at += 1) await this.page.keyboard.press('ArrowDown');
    assert.ok(await wanted.isChecked(), label);
  }

  /** Chooses in a list, with the arrows. */
  async choose(label, option) {
    const list = this.page.getByRole('combobox', { name: label });
    await this.at(list);
    const chosen = () => list.evaluate((element) => element.selectedOptions[0]?.textContent ?? '');
    await this.page.keyboard.press('Home');
    for (let at = 0; at < 120 && !(await chosen()).startsWith(option); at += 1) await this.page.keyboard.press('ArrowDown');
    assert.ok((await chosen()).startsWith(option), `${label}: ${await chosen()}`);
  }

  async #leads(act) {
    await Promise.all([this.page.waitForEvent('load'), act()]);
  }
}
