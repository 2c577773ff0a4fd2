// Finds the pages by following their links, so that a new room is looked at the day it is built.

/** Two pages of a kind are enough: the kind is the address with its numbers and names left out. */
const OF_A_KIND = 2;
/** What is fetched and not read in the browser. */
const DOWNLOADS = /\/handling$|\.(pdf|ics|json|csv|zip|txt|xml|png|svg)$/;

/** What changes the visitor's language and leads back: the journey itself chooses the language. */
const SWITCHES = /^\/sprak\//;

/** The kind of an address: `/avtal/lua-2008/0180` and `/avtal/lua-2008/1480` are one. */
export function kindOf(address) {
  const { pathname, searchParams } = new URL(address);
  const parts = pathname.split('/').map((part) => (/\d/.test(part) ? '*' : part));
  const asked = [...new Set(searchParams.keys())].sort();
  return parts.join('/') + (asked.length > 0 ? `?${asked.join('&')}` : '');
}

/** Visits every kind of page that can be reached by links and calls `look` on each. */
export async function crawl(visitor, start, seen, look) {
  const waiting = [...start];
  const been = new Set();
  while (waiting.length > 0) {
    const address = waiting.shift();
    const kind = kindOf(address);
    if (been.has(address) || (seen.get(kind) ?? 0) >= OF_A_KIND) continue;
    been.add(address);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const answer = await visitor.page.goto(address, { waitUntil: 'load' });
    if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    await look(new URL(address).pathname + new URL(address).search, answer.status());
    waiting.push(...(await links(visitor.page, address)));
  }
}

async function links(page, address) {
  const home = new URL(address).origin;
  const hrefs = await page.locator('a[href]:not([download])').evaluateAll((all) =>
    // A link drawn on the map is SVG's own kind.
    all.map((link) => (typeof link.href === 'string' ? link.href : new URL(link.href.baseVal, document.baseURI).href)),
  );
  const here = hrefs.map((href) => href.split('#')[0]).filter((href) => href.startsWith(`${home}/`));
  return [...new Set(here)].filter((href) => !DOWNLOADS.test(new URL(href).pathname) && !SWITCHES.test(new URL(href).pathname));
}
