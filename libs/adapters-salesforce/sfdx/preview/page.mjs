/** A page that holds nothing but the panel, with the design system's own styles and icons. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const read = (id) => readFile(resolve(id), 'utf8');
const designSystem = '@salesforce-ux/design-system/assets';

export async function emptyPage() {
  const [design, sprite, font] = await Promise.all([
    read(`${designSystem}/styles/salesforce-lightning-design-system.min.css`),
    read(`${designSystem}/icons/utility-sprite/svg/symbols.svg`),
    readFile(resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'), 'base64'),
  ]);
  const style = `
    @font-face { font-family: Inter; font-weight: 100 900; src: url(data:font/woff2;base64,${font}); }
    html, body { background: #eef4ff; font-family: Inter, sans-serif; }
    main { padding: 16px; }
  `;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Order</title>
    <style>${design}</style><style>${style}</style></head><body><div hidden>${sprite}</div><main></main></body></html>`;
}

/** What an accessibility checker has against what is on the page now. */
export async function accessibilityOf(page) {
  await page.addScriptTag({ content: await read('axe-core/axe.min.js') });
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run('main');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

const BLOCKS = {
  ...{ title: '.title', age: '.age', live: '.live', alerts: '.alert', steps: '.step', asides: '.aside' },
  ...{ lines: '.lines tbody tr', parcels: '.parcel', requests: '.asked', history: '.moment' },
};

/** The texts of each block of the panel, each on one line. */
export async function textsOf(page) {
  const texts = Object.entries(BLOCKS).map(async ([name, selector]) => {
    const found = await page.locator(selector).allInnerTexts();
    return [name, found.map((text) => text.replace(/\s+/g, ' ').trim())];
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** Elements whose content does not fit into them. */
export const cutOff = (page) =>
  page.locator('main *').evaluateAll((all) =>
    all
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
      .filter((one) => !one.closest('.slds-assistive-text'))
      .map((one) => `${one.className} ${one.textContent}`),
  );
