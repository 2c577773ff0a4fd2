// Looks at a page as someone would who cannot see it, or who has a small window: axe's rules for
// WCAG 2.2 A and AA, no scrolling sideways, and no complaint from the browser.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [1280, 320];
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong with the page the visitor stands on, as lines; nothing when all is well. */
export async function faultsOf(visitor, { picture } = {}) {
  const { page } = visitor;
  const faults = visitor.takeFaults().map((fault) => `the browser complains: ${fault}`);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(widerThanTheWindow);
    if (wide.length > 0) faults.push(`at ${width} px the page scrolls sideways: ${wide.join(', ')}`);
    await page.evaluate(source);
    const result = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), RULES);
    for (const { id, impact, help, nodes } of result.violations) {
      const places = nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.failureSummary.split('\n')[1] ?? ''}`.trim());
      faults.push(`at ${width} px ${id} (${impact}): ${help}: ${places.join(' | ')}`);
    }
    if (picture) await page.screenshot({ path: `${picture}-${width}.png`, fullPage: true });
  }
  return faults;
}

/** Runs in the page: the elements that stick out, when the page as a whole does. */
function widerThanTheWindow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  const names = out.map((element) => `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}${[...element.classList].map((name) => `.${name}`).join('')}`);
  return [`${scrollWidth} px`, ...new Set(names)].slice(0, 6);
}
