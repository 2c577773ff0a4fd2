// A person at a browser. They find things the way people do, by what they are and what they are
// called, never by class or position; what cannot be found so is a fault in the page.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** A headless Chromium with an empty profile of its own. */
export function openBrowser(executablePath) {
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** Someone who comes to the house with no cookies and no history. */
export class Visitor {
  #faults = [];

  static async arrive(browser, house, { script = true, width = 1280 } = {}) {
    const context = await browser.newContext({
      locale: 'sv-SE',
      timezoneId: 'Europe/Stockholm',
      javaScriptEnabled: script,
      viewport: { width, height: 900 },
      baseURL: house.address,
    });
    return new Visitor(context, await context.newPage());
  }

  constructor(context, page) {
    this.context = context;
    this.page = page;
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => this.#faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#faults.push(message.text());
    });
  }

  /** Opens an address and expects a page there. */
  async open(path) {
    const answer = await this.page.goto(path, { waitUntil: 'load' });
    assert.equal(answer.status(), 200, `${path} answers ${answer.status()}`);
  }

  /** In demo mode one signs in by choosing who to be. */
  async signInAs(name) {
    await this.open('/logga-in');
    await this.press(name);
  }

  /** Follows the link so called. */
  async follow(name) {
    await (await this.#called('link', name)).click();
    await this.page.waitForLoadState('load');
  }

  /** Presses the button so called. */
  async press(name) {
    await (await this.#called('button', name)).click();
    await this.page.waitForLoadState('load');
  }

  /** The one whose whole name it is, if there is one; otherwise the first whose name it is a part of. */
  async #called(role, name) {
    const whole = this.page.getByRole(role, { name, exact: true });
    return ((await whole.count()) > 0 ? whole : this.page.getByRole(role, { name })).first();
  }

  /** Writes in the field so labelled. */
  async write(label, text) {
    await this.page.getByLabel(label).and(this.page.locator('input, textarea')).first().fill(text);
  }

  /** Chooses in the list so labelled. */
  async choose(label, option) {
    await this.page.getByLabel(label).first().selectOption({ label: option });
  }

  /** Ticks the box so labelled. */
  async tick(label) {
    await this.page.getByLabel(label).first().check();
  }

  /** Attaches a file; `file` is a path, or a name, a type and bytes. */
  async attach(label, file) {
    await this.page.getByLabel(label).first().setInputFiles(file);
  }

  /** Sets the demonstration's day. */
  async setDay(day) {
    await this.open('/logga-in');
    await this.write('Dag', day);
    await this.press('Sätt dagen');
    await this.reads('Dagen i demonstrationen är satt');
  }

  /** Keeps a picture of the whole page, where a path for it is given (without its ending). */
  async look(path) {
    if (path) await this.page.screenshot({ path: `${path}.png`, fullPage: true });
  }

  /** Expects to read something on the page. */
  async reads(text) {
    await this.page.getByText(text).first().waitFor({ state: 'visible' });
  }

  /** Expects the page's main heading. */
  async standsIn(heading) {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor({ state: 'visible' });
  }

  /** Everything readable on the page. */
  text() {
    return this.page.locator('body').innerText();
  }

  /** Turns the interface to a language and expects it to say so itself. */
  async speak(language) {
    const name = { sv: 'Svenska', en: 'English' }[language];
    if ((await this.language()) !== language) {
      const control = this.page.getByRole('button', { name }).or(this.page.getByRole('link', { name }));
      await control.first().click();
      await this.page.waitForLoadState('load');
    }
    assert.equal(await this.language(), language, `the page says it is in ${name}`);
  }

  language() {
    return this.page.locator('html').getAttribute('lang');
  }

  /** What the browser complained of since last asked. */
  takeFaults() {
    return this.#faults.splice(0);
  }

  leave() {
    return this.context.close();
  }
}
